package web

import "stablefutures/internal/access"

// askRoutes are what young people ask for, the replies, and the plan.
func (s *Server) askRoutes() []route {
	return []route{
		{pattern: "GET /records/{record}/asks", act: access.ReadRecord, handle: s.showAsks},
		{pattern: "GET /records/{record}/asks/{ask}", act: access.ReadRecord, handle: s.showAsked},
		{pattern: "POST /records/{record}/asks/{ask}", act: access.AnswerAsks, handle: s.answerAsk},
		{pattern: "POST /records/{record}/plan", act: access.AnswerAsks, handle: s.addStep},
		{pattern: "POST /records/{record}/plan/{step}/done", act: access.AnswerAsks, handle: s.finishStep},
		{pattern: "POST /records/{record}/plan/{step}/end", act: access.AnswerAsks, handle: s.endStep},
		{pattern: "GET /asks/figures", act: access.ReadPublished, handle: s.showAskFigures},
	}
}

func asksPath(record string) string { return recordPath(record) + partAsks }

func askedPath(record, ask string) string { return asksPath(record) + "/" + ask }
