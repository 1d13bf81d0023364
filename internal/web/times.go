package web

import (
	"time"

	"stablefutures/internal/date"
	"stablefutures/internal/web/ui"
)

// day is the day of an instant in London.
func (s *Server) day(t time.Time) date.Date { return date.Of(s.service.Local(t)) }

// hour is the time of day in London: 14:03.
func (s *Server) hour(t time.Time) string { return s.service.Local(t).Format("15:04") }

// ago is how long ago an instant was, as people say it: 9 minutes ago.
func (s *Server) ago(t time.Time) string {
	switch d := s.service.Now().Sub(t); {
	case d < time.Minute:
		return "less than a minute ago"
	case d < time.Hour:
		return ui.Count(int(d/time.Minute), "minute", "minutes") + " ago"
	case d < 48*time.Hour:
		return ui.Count(int(d/time.Hour), "hour", "hours") + " ago"
	default:
		return ui.Count(int(d/(24*time.Hour)), "day", "days") + " ago"
	}
}

// moment is an instant as people read it: 5 March 2026, 14:03.
func (s *Server) moment(t time.Time) string {
	return s.service.Local(t).Format("2 January 2006, 15:04")
}
