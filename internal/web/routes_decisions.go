package web

import "stablefutures/internal/access"

// decisionsRoutes are what two people decide: one asks, another says yes or no.
func (s *Server) decisionsRoutes() []route {
	return []route{
		{pattern: "GET /decisions", act: access.AskDecision, handle: s.showDecisions},
		{pattern: "GET /decisions/new", act: access.AskDecision, handle: s.showAsk},
		{pattern: "POST /decisions/new", act: access.AskDecision, handle: s.askDecision},
		{pattern: "GET /decisions/sure", act: access.AskDecision, handle: s.showSure},
		{pattern: "POST /decisions/{decision}", act: access.Decide, handle: s.decide},
		{pattern: "POST /decisions/{decision}/withdraw", act: access.AskDecision, handle: s.withdraw},
		{pattern: "POST /decisions/{decision}/export", act: access.AskDecision, handle: s.downloadNamed},
	}
}
