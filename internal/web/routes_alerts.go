package web

import "stablefutures/internal/access"

// alertRoutes are young people who say that they are not safe, and who is told.
func (s *Server) alertRoutes() []route {
	return []route{
		{pattern: "GET " + alertsPage, act: access.AnswerAlerts, handle: s.showAlerts},
		{pattern: "GET " + waitingPage, act: access.AnswerAlerts, quiet: true, handle: s.countWaiting},
		{pattern: "GET /alerts/{alert}", act: access.AnswerAlerts, handle: s.showAlert},
		{pattern: "POST /alerts/{alert}", act: access.AnswerAlerts, handle: s.acknowledgeAlert},
		{pattern: "POST /alerts/{alert}/close", act: access.AnswerAlerts, handle: s.closeAlert},
		{pattern: "POST /alerts/{alert}/open", act: access.AnswerAlerts, handle: s.openAlerted},
		{pattern: "GET " + dutyPage, act: access.KeepOwnPages, handle: s.showDuty},
		{pattern: "POST " + dutyPage, act: access.KeepOwnPages, handle: s.setDuty},
		{pattern: "POST /duty/settings", act: access.KeepOwnPages, handle: s.setOwnPages},
	}
}
