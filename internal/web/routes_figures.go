package web

import "stablefutures/internal/access"

// figuresRoutes are the council's overview and the answer that everybody is
// asked for. What is downloaded has small numbers kept back, always.
func (s *Server) figuresRoutes() []route {
	return []route{
		{pattern: "GET /overview", act: access.ReadPublished, handle: s.showOverview},
		{pattern: "GET /overview/{outcome}", act: access.ReadPublished, handle: s.showOverviewOutcome},
		{pattern: "GET /overview.xlsx", act: access.ReadPublished, handle: s.downloadOverview},
		{pattern: "GET /overview.csv", act: access.ReadPublished, handle: s.downloadOverview},
		{pattern: "GET /answer", act: access.ReadPublished, handle: s.showAnswer},
		{pattern: "GET /answer.xlsx", act: access.ReadPublished, handle: s.downloadAnswer},
		{pattern: "GET /answer.csv", act: access.ReadPublished, handle: s.downloadAnswer},
		{pattern: "GET /answer.json", act: access.ReadPublished, handle: s.downloadAnswer},
	}
}
