package web

import "stablefutures/internal/access"

// trustRoutes are the log and what is found in it. The pages of a person's own reading
// are for whoever it is about.
func (s *Server) trustRoutes() []route {
	return []route{
		{pattern: "GET /log", act: access.OwnAccount, handle: s.showLog},
		{pattern: "GET /log/checkpoint", act: access.ReadAudit, handle: s.giveCheckpoint},
		{pattern: "GET /unusual", act: access.ReadAudit, handle: s.showUnusual},
		{pattern: "GET /unusual/{unusual}", act: access.ReadAudit, handle: s.showOneUnusual},
		{pattern: "POST /unusual/{unusual}", act: access.ReadAudit, handle: s.escalateUnusual},
		{pattern: "GET /account/unusual/{unusual}", act: access.OwnAccount, handle: s.showOwnUnusual},
		{pattern: "POST /account/unusual/{unusual}", act: access.OwnAccount, handle: s.explainUnusual},
	}
}
