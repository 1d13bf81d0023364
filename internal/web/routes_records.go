package web

import "stablefutures/internal/access"

// recordsRoutes are the caseload and young people's records.
func (s *Server) recordsRoutes() []route {
	return []route{
		{pattern: "GET /caseload", act: access.ReadRecord, handle: s.showCaseload},
		{pattern: "GET /caseload/find", act: access.ReadRecord, handle: backToCaseload},
		{pattern: "GET /caseload/found/{found}", act: access.ReadRecord, handle: s.showFound},
		{pattern: "POST /caseload/find", act: access.ReadRecord, handle: s.findInCaseload},
		{pattern: "GET /records/{record}", act: access.ReadRecord, handle: s.showRecord},
		{pattern: "GET /records/{record}/history", act: access.ReadRecord, handle: s.showHistory},
	}
}
