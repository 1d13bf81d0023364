package web

import "stablefutures/internal/access"

// councilRoutes are accounts, and the pages that explain the program.
func (s *Server) councilRoutes() []route {
	return []route{
		{pattern: "GET /accounts", act: access.ManageAccounts, handle: s.showAccounts},
		{pattern: "POST /accounts", act: access.ManageAccounts, handle: s.addAccount},
		{pattern: "GET /accounts/{account}", act: access.ManageAccounts, handle: s.showAccount},
		{pattern: "POST /accounts/{account}", act: access.ManageAccounts, handle: s.changeAccount},
		{pattern: "POST /accounts/{account}/invite", act: access.ManageAccounts, handle: s.invite},
		{pattern: "GET /accounts/{account}/invited", act: access.ManageAccounts, handle: s.showInvited},
		{pattern: "POST /accounts/{account}/sign-out", act: access.ManageAccounts, handle: s.signOutAccount},
		{pattern: "GET /accounts/{account}/end", act: access.ManageAccounts, handle: s.showEnd},
		{pattern: "POST /accounts/{account}/end", act: access.ManageAccounts, handle: s.endAccount},
		{pattern: "POST /accounts/{account}/team", act: access.ManageAccounts, handle: s.putInTeam},
		{pattern: "GET /teams", act: access.ManageAccounts, handle: s.showTeams},
		{pattern: "POST /teams", act: access.ManageAccounts, handle: s.addTeam},
		{pattern: "POST /teams/{team}", act: access.ManageAccounts, handle: s.renameTeam},
		{pattern: "POST /teams/{team}/end", act: access.ManageAccounts, handle: s.endTeam},
		{pattern: "GET /account", act: access.OwnAccount, handle: s.showOwn},
		{pattern: "POST /account/password", act: access.OwnAccount, handle: s.changeOwnPassword},
		{pattern: "GET /access", open: true, handle: s.showAccess},
		{pattern: "GET /accessibility", open: true, handle: s.showAccessibility},
		{pattern: "GET /about-the-framework", open: true, handle: s.showFramework},
	}
}
