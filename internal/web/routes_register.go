package web

import "stablefutures/internal/access"

// registerRoutes are what people enter themselves: young people who are in no
// return, the register, who they are, who works with them, and which records
// are one young person.
func (s *Server) registerRoutes() []route {
	return []route{
		{pattern: "GET /records/new", act: access.AddChild, handle: s.showNewRecord},
		{pattern: "POST /records/new", act: access.AddChild, handle: s.addRecord},
		{pattern: "GET /records/{record}/register", act: access.ReadRecord, handle: s.showRegister},
		{pattern: "POST /records/{record}/register", act: access.WriteRecord, handle: s.saveRegister},
		{pattern: "GET /records/{record}/identity", act: access.WriteRecord, handle: s.showIdentity},
		{pattern: "POST /records/{record}/identity", act: access.WriteRecord, handle: s.correctIdentity},
		{pattern: "GET /records/{record}/workers", act: access.Allocate, handle: s.showWorkers},
		{pattern: "POST /records/{record}/workers", act: access.Allocate, handle: s.allocate},
		{pattern: "GET /matches", act: access.DecideMatches, handle: s.showMatches},
		{pattern: "POST /matches/pair", act: access.DecideMatches, handle: s.pairRecords},
		{pattern: "POST /matches/link", act: access.DecideMatches, handle: s.decideMatch},
		{pattern: "POST /matches/different", act: access.DecideMatches, handle: s.decideMatch},
		{pattern: "POST /matches/undo", act: access.DecideMatches, handle: s.decideMatch},
	}
}
