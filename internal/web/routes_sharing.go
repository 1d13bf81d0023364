package web

import "stablefutures/internal/access"

// sharingRoutes are consent, what is shared with other agencies, and the study.
func (s *Server) sharingRoutes() []route {
	return []route{
		{pattern: "GET /records/{record}/consent", act: access.ReadRecord, handle: s.showConsent},
		{pattern: "GET /records/{record}/consent/new", act: access.WriteRecord, handle: s.showConsentForm},
		{pattern: "POST /records/{record}/consent/new", act: access.WriteRecord, handle: s.recordConsent},
		{pattern: "GET /records/{record}/consent/{entry}/withdraw", act: access.WriteRecord, handle: s.showWithdraw},
		{pattern: "POST /records/{record}/consent/{entry}/withdraw", act: access.WriteRecord, handle: s.withdrawConsent},
		{pattern: "POST /records/{record}/shares", act: access.WriteRecord, handle: s.shareSection},
		{pattern: "POST /records/{record}/shares/{share}/end", act: access.WriteRecord, handle: s.endShare},
		{pattern: "GET /shared", act: access.ReadShared, handle: s.showShared},
		{pattern: "GET /shared/{record}", act: access.ReadShared, handle: s.showSharedRecord},
		{pattern: "GET /study", act: access.ReadStudy, handle: s.showStudy},
		{pattern: "GET /study.csv", act: access.ReadStudy, handle: s.downloadStudy},
		{pattern: "GET /study.xlsx", act: access.ReadStudy, handle: s.downloadStudy},
		{pattern: "GET /agencies", act: access.ManageAccounts, handle: s.showAgencies},
		{pattern: "POST /agencies", act: access.ManageAccounts, handle: s.addAgency},
		{pattern: "POST /agencies/{agency}", act: access.ManageAccounts, handle: s.changeAgency},
		{pattern: "GET /agencies/{agency}/end", act: access.ManageAccounts, handle: s.showEndAgency},
		{pattern: "POST /agencies/{agency}/end", act: access.ManageAccounts, handle: s.endAgency},
		{pattern: "GET /accounts/{account}/agency", act: access.ManageAccounts, handle: s.showPartner},
		{pattern: "POST /accounts/{account}/agency", act: access.ManageAccounts, handle: s.placePartner},
	}
}
