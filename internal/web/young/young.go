// Package young serves the young people's own pages: small, without scripts where none
// run, in their language, with nothing telling in an address, a title or a header. Each
// page is one answer of a server that keeps nothing on the device.
//
// It knows who asks by a session of its own (service.Young) and reaches that person's
// page alone. No staff page, no SQL and no rule about who may see what belongs here.
package young

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"stablefutures/internal/service"
)

// Options say how the pages are served.
type Options struct {
	Secure  bool // over TLS: cookies are bound to it
	Log     *slog.Logger
	Visitor func(*http.Request) service.Visitor // from where somebody asks
	Site    func(*http.Request) service.Site    // where the pages are, as the browser sees it
	Sounds  *Sounds                             // recordings of texts; nil for none
}

// Pages are the young people's pages.
type Pages struct {
	service *service.Service
	opt     Options
	views   *views
}

// New makes the pages.
func New(s *service.Service, opt Options) (*Pages, error) {
	v, err := parseViews()
	if err != nil {
		return nil, err
	}
	return &Pages{service: s, opt: opt, views: v}, nil
}

// visit is who asks, for one request.
type visit struct {
	young service.Young
	words service.OwnWords
}

// answer writes what a handler decided to say.
type answer func(w http.ResponseWriter, r *http.Request) error

// handler is one page or one act. visit is nil only where a route is open.
type handler func(r *http.Request, v *visit) (answer, error)

// Route is one page or act.
type Route struct {
	Pattern string
	Open    bool  // without a session
	Before  bool  // also before a language was chosen
	Closes  bool  // ends whatever session there is, and works also where none can be found
	Most    int64 // bytes that may be sent; maxForm where 0
	Slow    bool  // takes or gives files, over a connection that may be weak
	handle  handler
}

const maxForm = 2 << 20 // bytes of a form: 100,000 characters of any script fit, so that they can be told to be too many

const slowTime = 15 * time.Minute // of a route that is slow

// Handler serves one of the routes.
func (p *Pages) Handler(rt Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers(w.Header())
		most := rt.Most
		if most == 0 {
			most = maxForm
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			// What was sent whole is done whole, also where the connection broke.
			r = r.WithContext(context.WithoutCancel(r.Context()))
		}
		var v *visit
		var err error
		if !rt.Closes {
			v, err = p.visitOf(r)
		}
		switch {
		case err != nil:
			p.problem(w, r, nil, err)
			return
		case v == nil && !rt.Open:
			p.closed(w, r)
			return
		case v != nil && v.young.Language == "" && !rt.Open && !rt.Before:
			http.Redirect(w, r, languagePage, http.StatusSeeOther)
			return
		}
		say, err := p.answerOf(w, r, rt, v)
		if err == nil {
			err = say(w, r)
		}
		if err != nil {
			p.problem(w, r, v, err)
		}
	})
}

// answerOf lets a route answer, a slow one with the time that it takes.
func (p *Pages) answerOf(w http.ResponseWriter, r *http.Request, rt Route, v *visit) (answer, error) {
	if rt.Slow && v != nil {
		control, to := http.NewResponseController(w), time.Now().Add(slowTime)
		if err := errors.Join(control.SetReadDeadline(to), control.SetWriteDeadline(to)); err != nil {
			return nil, err
		}
	}
	return rt.handle(r, v)
}

// byItself is the header of what a page asks by itself: that is no use of the session.
const byItself = "X-Glance"

// visitOf finds who asks; nil for nobody.
func (p *Pages) visitOf(r *http.Request) (*visit, error) { return p.visitWith(r, unsafeProblem(r)) }

// visitWith is visitOf; waiting: also who waits for an answer to an alert, and whose
// session is over otherwise.
func (p *Pages) visitWith(r *http.Request, waiting bool) (*visit, error) {
	authority, token, ok := p.tokenOf(r, pageCookie)
	if !ok {
		return nil, nil
	}
	session := p.service.OwnSession
	if r.Header.Get(byItself) != "" {
		session = p.service.OwnGlance
	}
	y, err := session(r.Context(), authority, token)
	if errors.Is(err, service.ErrNotFound) && waiting {
		y, err = p.service.OwnWithAlert(r.Context(), authority, token)
	}
	if errors.Is(err, service.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	words, err := p.service.WordsFor(r.Context(), y.Authority, orSource(y.Language))
	return &visit{y, words}, err
}

// closed answers whoever has no session, on every page: what was there is gone, also
// behind the browser's back button, and nothing says what it was.
func (p *Pages) closed(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && unsafeProblem(r) {
		p.notSent(w, r)
		return
	}
	if r.Header.Get(keepsItself) != "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	to := closedPage
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		to = closedLast
	case unsafeProblem(r):
		to = closedNow
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// keepsItself is the header of a form that a script sends and sends again until it is kept.
const keepsItself = "X-Keeps-Itself"

// isWrong is the header that tells such a script what is wrong with the form. The page,
// with what was typed and chosen, stays as it is.
const isWrong = "X-Wrong"

// problem says in the young person's words that something went wrong, and what to do.
func (p *Pages) problem(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	status, key := http.StatusInternalServerError, "error.again"
	var tooLarge *http.MaxBytesError
	var invalid service.Invalid
	switch {
	case errors.Is(err, service.ErrNotFound):
		status, key = http.StatusNotFound, "error.gone"
	case errors.As(err, &tooLarge):
		status, key = http.StatusRequestEntityTooLarge, "error.big"
	case errors.As(err, &invalid), errors.Is(err, ErrBadForm):
		status = http.StatusBadRequest
	case errors.Is(err, service.ErrFull), errors.Is(err, service.ErrAway):
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "5")
	case errors.Is(err, context.Canceled):
		return
	}
	if status >= http.StatusInternalServerError && p.opt.Log != nil {
		p.opt.Log.Error("a page failed", "method", r.Method, "route", r.Pattern, "error", err)
	}
	if v == nil {
		v = &visit{words: p.strangersWords(r)}
	}
	if r.Header.Get(keepsItself) != "" {
		if status < http.StatusInternalServerError {
			w.Header().Set(isWrong, url.PathEscape(v.words.Say(key))) // what is sent again and again says nothing meanwhile
		}
		w.WriteHeader(status)
		return
	}
	view := problemView{Message: v.words.Say(key)}
	if unsafeProblem(r) {
		view.Numbers = p.atHand(r, v.words)
	}
	_, _, in := p.tokenOf(r, pageCookie)
	say := p.page(v, page{Status: status, Bare: !in, Silent: view.Numbers != nil}, "problem", view)
	if say(w, r) != nil {
		http.Error(w, http.StatusText(status), status)
	}
}

// NotHere answers every address that looks like one of the young people's pages and is
// none: to whoever looks over a shoulder it says as little as those that are.
func (p *Pages) NotHere() http.Handler {
	return p.Handler(Route{Open: true, handle: func(*http.Request, *visit) (answer, error) { return nil, service.ErrNotFound }})
}

// Fail says that something went wrong at an address of ours, where nothing can be asked of
// the database, nor of who asks.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, status int) {
	headers(w.Header())
	words := p.strangersWords(r)
	view := problemView{Message: words.Say("error.again")}
	if unsafeProblem(r) {
		view.Numbers = p.atHand(r, words)
	}
	_, _, in := p.tokenOf(r, pageCookie)
	if p.page(&visit{words: words}, page{Status: status, Bare: !in, Silent: view.Numbers != nil}, "problem", view)(w, r) != nil {
		http.Error(w, http.StatusText(status), status)
	}
}

// problemView says what went wrong. Numbers are there where somebody is not safe.
type problemView struct {
	Message string
	Numbers []number
}

// ErrBadForm: a form that no page of ours sends.
var ErrBadForm = errors.New("the form cannot be read")

// redirect leads on after something was done, so that reloading does not do it again.
func redirect(to string) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		if r.Header.Get(keepsItself) != "" {
			w.Header().Set("X-Next", to)
			w.WriteHeader(http.StatusNoContent)
			return nil
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
}

// Plain tells a text that a database can hold: UTF-8 without a zero byte.
func Plain(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
