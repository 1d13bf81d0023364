package web

import (
	"errors"
	"net/http"
	"strings"

	"stablefutures/internal/service"
)

// cookieName is bound to the host and to TLS where the pages are served over it.
func (s *Server) cookieName() string { return s.bound("session") }

// bound is the name of a cookie that no other host, and nobody without TLS, can set.
func (s *Server) bound(name string) string {
	if s.opt.Secure {
		return "__Host-" + name
	}
	return name
}

// cookie holds the authority's code and the session's token. It ends with the
// browser; how long the session lasts is the server's business.
func (s *Server) cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: s.cookieName(), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: s.opt.Secure, SameSite: http.SameSiteLaxMode}
}

// tokenOf is what the cookie holds; ok is false where there is none.
func (s *Server) tokenOf(r *http.Request) (authority, token string, ok bool) {
	c, err := r.Cookie(s.cookieName())
	if err != nil || len(c.Value) > 200 {
		return "", "", false
	}
	return strings.Cut(c.Value, ".")
}

// visitOf finds who asks; nil where nobody is signed in. quiet is for what a page asks by
// itself.
func (s *Server) visitOf(r *http.Request, quiet bool) (*visit, error) {
	authority, token, ok := s.tokenOf(r)
	if !ok {
		return nil, nil
	}
	session := s.service.Session
	if quiet {
		session = s.service.Glance
	}
	actor, err := session(r.Context(), authority, token)
	if errors.Is(err, service.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	a, err := s.service.Authority(r.Context(), actor)
	return &visit{actor, a, token}, err
}
