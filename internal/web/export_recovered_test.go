package web

import (
	"log/slog"
	"net/http"

	"stablefutures/internal/service"
)

// Recovered is a handler behind what stands before every page.
func Recovered(s *service.Service, log *slog.Logger, next http.Handler) http.Handler {
	return (&Server{service: s, opt: Options{Log: log}}).guard(next)
}
