package web

import (
	"time"

	"stablefutures/internal/date"
)

// day is the day of an instant in London.
func (s *Server) day(t time.Time) date.Date { return date.Of(s.service.Local(t)) }

// hour is the time of day in London: 14:03.
func (s *Server) hour(t time.Time) string { return s.service.Local(t).Format("15:04") }

// moment is an instant as people read it: 5 March 2026, 14:03.
func (s *Server) moment(t time.Time) string {
	return s.service.Local(t).Format("2 January 2006, 15:04")
}
