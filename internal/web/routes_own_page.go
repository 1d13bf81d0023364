package web

import "stablefutures/internal/access"

// ownPageRoutes are the ways to a young person's own page, given and ended by a worker.
func (s *Server) ownPageRoutes() []route {
	return []route{
		{pattern: "GET /records/{record}/own-page", act: access.GiveOwnPage, handle: s.showOwnPage},
		{pattern: "POST /records/{record}/own-page/code", act: access.GiveOwnPage, handle: s.giveOwnCode},
		{pattern: "GET /records/{record}/own-page/code", act: access.GiveOwnPage, handle: s.showOwnCode},
		{pattern: "POST /records/{record}/own-page/slip", act: access.GiveOwnPage, handle: s.giveOwnSlip},
		{pattern: "GET /records/{record}/own-page/slip", act: access.GiveOwnPage, handle: s.showOwnSlip},
		{pattern: "POST /records/{record}/own-page/take-back", act: access.GiveOwnPage, handle: s.takeBackOwnCodes},
		{pattern: "POST /records/{record}/own-page/hand-over", act: access.GiveOwnPage, handle: s.handOver},
		{pattern: "POST /records/{record}/own-page/end", act: access.GiveOwnPage, handle: s.endOwnSessions},
		{pattern: "POST /records/{record}/own-page/cut-off", act: access.GiveOwnPage, handle: s.cutOffDevice},
	}
}
