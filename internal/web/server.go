// Package web serves the staff pages. Each page is one handler that returns an
// error; one place renders it. Data is reached through package service alone,
// components come from web/ui.
//
// No SQL, no rules about who may do what, and no counting belong here.
package web

import (
	"context"
	"embed"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
	"stablefutures/internal/web/young"
)

//go:embed templates/*.html
var templates embed.FS

// Options say how the pages are served.
type Options struct {
	Secure bool // served over TLS, by us or by a proxy: cookies are bound to it
	Log    *slog.Logger

	// Address under which browsers reach the pages, such as https://futures.example;
	// where it is empty, it is what the browser asked for.
	Address string

	// Sounds is the folder of recordings of young people's texts; empty for none.
	Sounds string
}

// Server holds what handlers share.
type Server struct {
	service *service.Service
	views   *ui.Views
	opt     Options
	bars    drawnBars
	own     *young.Pages  // the young people's own
	sounds  *young.Sounds // recordings of their texts; nil for none

	forms     *keeper // forms that could not be taken, and what was searched for
	strangers *keeper // the same of those who have not signed in yet
}

// Limits of a request.
const (
	maxForm   = 1 << 20   // bytes of a form without files
	maxUpload = 200 << 20 // bytes of files sent together
	maxFiles  = 300       // of them

	uploadTime = 15 * time.Minute // in which they must have come
)

// New is the handler of all staff pages.
func New(s *service.Service, opt Options) (http.Handler, error) {
	if err := ui.AssetsReady(); err != nil {
		return nil, err
	}
	views, err := ui.ParseViews(templates, nil, "templates/*.html")
	if err != nil {
		return nil, err
	}
	server := &Server{service: s, views: views, opt: opt,
		forms:     &keeper{now: s.Now, newID: s.NewID, each: keptEach, bytes: keptBytes},
		strangers: &keeper{now: s.Now, newID: s.NewID, each: keptNobody, bytes: maxForm}}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", ui.StaticHandler())
	for _, r := range server.routes() {
		mux.Handle(r.pattern, server.serve(r))
	}
	if opt.Sounds != "" {
		if server.sounds, err = young.OpenSounds(opt.Sounds, s.Now); err != nil {
			return nil, err
		}
	}
	if server.own, err = young.New(s, young.Options{Secure: opt.Secure, Log: opt.Log, Visitor: server.visitor, Site: server.site, Sounds: server.sounds}); err != nil {
		return nil, err
	}
	mux.HandleFunc(young.ScriptPattern(), young.ServeScript)
	for _, r := range server.own.Routes() {
		mux.Handle(r.Pattern, server.own.Handler(r))
	}
	staff, notHere := server.serve(route{handle: func(*http.Request, *visit) (answer, error) { return nil, service.ErrNotFound }, open: true}), server.own.NotHere()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if young.Ours(r.URL.Path) {
			notHere.ServeHTTP(w, r)
			return
		}
		staff.ServeHTTP(w, r)
	})
	return server.guard(mux), nil
}

// guard stands before every route: headers that browsers obey, no requests from
// other sites, no page with a person in it kept by a cache, and an answer also where
// a page panics.
func (s *Server) guard(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	sameSite.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.writeProblem(w, r, http.StatusForbidden) }))
	return s.headers(s.recovered(sameSite.Handler(next)))
}

// writeProblem says that something went wrong where nothing is known of who asks. On a
// young person's address it says so without telling what these pages are.
func (s *Server) writeProblem(w http.ResponseWriter, r *http.Request, status int) {
	if young.Ours(r.URL.Path) {
		s.own.Fail(w, r, status)
		return
	}
	ui.WriteProblem(w, status)
}

// visit is who asks, for one request.
type visit struct {
	actor     service.Actor
	authority store.Authority
	token     string
}

// answer writes what a handler decided to say.
type answer func(w http.ResponseWriter, r *http.Request) error

// handler is one page or one act.
type handler func(r *http.Request, v *visit) (answer, error)

// serve runs a route's handler: it finds who asks, refuses who may not, and
// renders the answer or the error. Nothing of a body is read before it is known who
// sends it: a stranger may send no more than a form.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visitOf(r, rt.quiet)
		if err == nil {
			err = limit(w, r, rt.upload && v != nil && v.actor.May(rt.act))
		}
		if err == nil && !young.Plain(r.URL.Path) {
			err = service.ErrNotFound
		}
		if err != nil {
			s.problem(w, r, nil, err)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			// What was sent whole is done whole, also where whoever sent it has gone away.
			r = r.WithContext(context.WithoutCancel(r.Context()))
		}
		if v == nil && !rt.open {
			s.askToSignIn(w, r, rt)
			return
		}
		if !rt.open && v.actor.Unfinished && !rt.first {
			s.askToChoose(w, r)
			return
		}
		if !rt.open && !v.actor.May(rt.act) {
			s.problem(w, r, v, service.ErrRefused)
			return
		}
		say, err := rt.handle(r, v)
		if err == nil {
			err = say(w, r)
		}
		if errors.Is(err, service.ErrStepUp) {
			s.askToConfirm(w, r, v)
			return
		}
		if err != nil {
			s.problem(w, r, v, err)
		}
	})
}

// askToChoose answers somebody who has not set up how they sign in.
func (s *Server) askToChoose(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Autosave") != "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, setUpPage, http.StatusSeeOther)
}

// limit bounds how much a request may send, and how long an upload may take.
func limit(w http.ResponseWriter, r *http.Request, upload bool) error {
	if !upload {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload+maxForm)
	to, control := time.Now().Add(uploadTime), http.NewResponseController(w)
	return errors.Join(control.SetReadDeadline(to), control.SetWriteDeadline(to))
}

// problem renders an error, within the frame of whoever is signed in, so that
// the way on is where it always is. An error that nobody foresaw shows nothing of
// itself and needs nothing of ours to be drawn.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	status := http.StatusInternalServerError
	var tooLarge *http.MaxBytesError
	var invalid service.Invalid
	switch {
	case errors.Is(err, service.ErrNotFound):
		status = http.StatusNotFound
	case errors.Is(err, service.ErrRefused):
		status = http.StatusForbidden
	case errors.Is(err, service.ErrChanged):
		status = http.StatusConflict
	case errors.As(err, &tooLarge):
		status = http.StatusRequestEntityTooLarge
	case errors.As(err, &invalid), errors.Is(err, errBadForm):
		status = http.StatusBadRequest
	case errors.Is(err, service.ErrFull):
		status = http.StatusInsufficientStorage
	case errors.Is(err, service.ErrAway):
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "5")
	case errors.Is(err, context.Canceled):
		return // the reader went away
	}
	if status >= http.StatusInternalServerError && s.opt.Log != nil {
		s.opt.Log.Error("a page failed", "method", r.Method, "route", r.Pattern, "error", err)
	}
	if message, ok := unkept[status]; ok && autosaves(r) {
		tell(w, status, message) //nolint:errcheck // of a reader who went away
		return
	}
	if v == nil || status == http.StatusInternalServerError {
		ui.WriteProblem(w, status)
		return
	}
	p, content := ui.ProblemPage(status)
	s.framed(v, &p)
	p.Content = content
	if told, err := s.noticesOf(r, v); err == nil {
		p.Notices = append(told, p.Notices...)
	}
	if err := ui.Render(w, status, p); err != nil {
		ui.WriteProblem(w, status)
	}
}

// unkept is what a form that sends itself says where it cannot be kept for now. It
// goes on trying.
var unkept = map[int]string{
	http.StatusInsufficientStorage: "Not kept yet: the computer that keeps the records is full. Tell whoever runs this service. We keep trying. What you typed stays on this page.",
	http.StatusServiceUnavailable:  "Not kept yet: the records cannot be reached just now. We keep trying. What you typed stays on this page.",
}

// errBadForm: a form that no page of ours sends.
var errBadForm = young.ErrBadForm
