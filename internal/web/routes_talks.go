package web

import "stablefutures/internal/access"

// talksRoutes are conversations, and what was said in them.
func (s *Server) talksRoutes() []route {
	return []route{
		{pattern: "GET /records/{record}/talk", act: access.WriteRecord, handle: s.showTalk},
		{pattern: "POST /records/{record}/talk", act: access.WriteRecord, handle: s.startTalk},
		{pattern: "GET /talks/{talk}", act: access.ReadRecord, handle: s.showCards},
		{pattern: "GET /talks/{talk}/young/{indicator}", act: access.WriteRecord, handle: s.askYoung},
		{pattern: "POST /talks/{talk}/young/{indicator}", act: access.WriteRecord, handle: s.keepYoung},
		{pattern: "GET /talks/{talk}/mine", act: access.WriteRecord, handle: s.listMine},
		{pattern: "GET /talks/{talk}/mine/{indicator}", act: access.WriteRecord, handle: s.askMine},
		{pattern: "POST /talks/{talk}/mine/{indicator}", act: access.WriteRecord, handle: s.keepMine},
		{pattern: "GET /talks/{talk}/today", act: access.ReadRecord, handle: s.showToday},
		{pattern: "GET /talks/{talk}/said", act: access.ReadRecord, handle: s.showSaid},
		{pattern: "GET /records/{record}/outcomes", act: access.ReadRecord, handle: s.showOutcomes},
		{pattern: "GET /records/{record}/outcomes/{outcome}", act: access.ReadRecord, handle: s.showOutcome},
	}
}

// talkPath is the address of a conversation. Ids are random and say nothing.
func talkPath(id string) string { return "/talks/" + id }
