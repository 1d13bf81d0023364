package web

import (
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
)

// recovered answers with the error page where a handler panics. What it panicked with
// may hold a name, so that the log gets its type, and where it happened; only what the
// Go runtime itself says is repeated.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent := &answering{ResponseWriter: w}
		defer func() {
			with := recover()
			if with == nil {
				return
			}
			if with == http.ErrAbortHandler {
				panic(with)
			}
			if s.opt.Log != nil {
				s.opt.Log.Error("a page panicked", "method", r.Method, "route", r.Pattern, "panic", sayPanic(with), "stack", string(debug.Stack()))
			}
			if sent.begun {
				panic(http.ErrAbortHandler) // half a page must not look like a whole one
			}
			s.writeProblem(w, r, http.StatusInternalServerError)
		}()
		next.ServeHTTP(sent, r)
	})
}

func sayPanic(with any) string {
	if err, ok := with.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", with)
}

// answering knows whether an answer has begun.
type answering struct {
	http.ResponseWriter
	begun bool
}

func (a *answering) WriteHeader(status int) {
	a.begun = true
	a.ResponseWriter.WriteHeader(status)
}

func (a *answering) Write(p []byte) (int, error) {
	a.begun = true
	return a.ResponseWriter.Write(p)
}

// Unwrap lets a handler reach the deadlines of the connection.
func (a *answering) Unwrap() http.ResponseWriter { return a.ResponseWriter }
