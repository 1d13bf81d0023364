package web

import "stablefutures/internal/access"

// emergencyRoutes are notices, what is opened in an emergency, its review, and what is
// restricted to named people.
func (s *Server) emergencyRoutes() []route {
	return []route{
		{pattern: "POST /notices/seen", act: access.OwnAccount, handle: s.seeNotices},
		{pattern: "GET /emergency", act: access.AskEmergency, handle: s.showEmergency},
		{pattern: "POST /emergency", act: access.AskEmergency, handle: s.askEmergency},
		{pattern: "POST /emergency/{emergency}/end", act: access.AskEmergency, handle: s.endEmergency},
		{pattern: "GET /emergencies", act: access.ReviewEmergency, handle: s.showEmergencies},
		{pattern: "GET /emergencies/{emergency}", act: access.ReviewEmergency, handle: s.showEmergencyReview},
		{pattern: "POST /emergencies/{emergency}", act: access.ReviewEmergency, handle: s.closeEmergencyReview},
		{pattern: "GET /records/{record}/restriction", act: access.Restrict, handle: s.showRestriction},
		{pattern: "POST /records/{record}/restriction", act: access.Restrict, handle: s.restrict},
	}
}
