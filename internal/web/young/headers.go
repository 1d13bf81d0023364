package young

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

// pageCookie holds the authority's code and the session's token. Its name says nothing.
// It ends with the browser, and with leaving.
const pageCookie = "p"

// headers are those of every answer: nothing but our own small style (by its hash), one
// script of ours, and pictures and sounds of ours.
func headers(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src '"+styleHash+"'; script-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
	h.Set("Permissions-Policy", "camera=(), microphone=(self), geolocation=(), usb=(), serial=(), bluetooth=(), payment=(), display-capture=(), browsing-topics=()")
	h.Set("Cache-Control", "no-store")
}

// bound is the name of a cookie that no other host, and nobody without TLS, can set.
func (p *Pages) bound(name string) string {
	if p.opt.Secure {
		return "__Host-" + name
	}
	return name
}

func (p *Pages) cookie(name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: p.bound(name), Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: p.opt.Secure, SameSite: http.SameSiteStrictMode}
}

// tokenOf is what a cookie holds; ok is false where there is none.
func (p *Pages) tokenOf(r *http.Request, name string) (authority, token string, ok bool) {
	c, err := r.Cookie(p.bound(name))
	if err != nil || len(c.Value) > 200 {
		return "", "", false
	}
	return strings.Cut(c.Value, ".")
}

// Form reads what was sent as a form, here and on staff's pages; the error is one that
// the person can do nothing about.
func Form(r *http.Request) (url.Values, error) {
	err := r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, err
	case err != nil:
		return nil, ErrBadForm
	}
	for _, values := range r.PostForm {
		for _, value := range values {
			if !Plain(value) {
				return nil, ErrBadForm
			}
		}
	}
	return r.PostForm, nil
}

var form = Form

func orSource(tag string) string {
	if tag == "" {
		return locale.SourceTag
	}
	return tag
}

// strangersWords are the words for somebody of whom nothing is known but what their
// browser asks for.
func (p *Pages) strangersWords(r *http.Request) service.OwnWords {
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		for ; tag != ""; tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)] {
			if w, ok := locale.Of(strings.ToLower(tag)); ok {
				return service.OwnWords{Words: w}
			}
		}
	}
	w, _ := locale.Of(locale.SourceTag)
	return service.OwnWords{Words: w}
}
