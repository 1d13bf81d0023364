package young

import (
	"errors"
	"net/http"
	"strings"

	"stablefutures/internal/service"
)

// codeView asks for a code.
type codeView struct {
	Wrong string
	Code  string // read from a picture: nothing to type
}

// showCode asks for a code, or on a device that is remembered for what opens it. It leads
// nobody to a page that is open already: whoever has a code may be somebody else.
func (p *Pages) showCode(r *http.Request, _ *visit) (answer, error) {
	if kept := p.keptBy(r); kept != "" && r.URL.Query().Get("use") != "code" {
		return p.showLock(r, kept, "")
	}
	return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true}, "code", codeView{}), nil
}

// showLock asks for the pictures or the passkey of a device that is remembered, in the
// language that was chosen on it. wrong is the key of what was wrong before.
func (p *Pages) showLock(r *http.Request, kept, wrong string) (answer, error) {
	remembered, err := p.service.Remembered(r.Context(), kept)
	if errors.Is(err, service.ErrOwnForgotten) {
		return p.notRemembered(r), nil
	}
	if err != nil {
		return nil, err
	}
	authority, _, _ := strings.Cut(kept, ".")
	words, err := p.service.WordsFor(r.Context(), authority, orSource(remembered.Language))
	if err != nil {
		return nil, err
	}
	v, frame := &visit{words: words, young: service.Young{Pictures: remembered.Pictures}}, page{Bare: true}
	view := picturesView{Title: words.Say("pictures.title"), Action: codePage, Opens: true}
	if wrong != "" {
		view.Wrong, frame.Status = words.Say(wrong), http.StatusUnprocessableEntity
	}
	if remembered.ByKey {
		return p.page(v, frame, "key", view), nil
	}
	return p.page(v, frame, "pictures", view), nil
}

// notRemembered says that a device was cut off, once: the browser keeps nothing then.
func (p *Pages) notRemembered(r *http.Request) answer {
	words, frame := p.strangersWords(r), page{Bare: true}
	if r.Method == http.MethodPost {
		frame.Status = http.StatusUnprocessableEntity
	}
	return p.keeping("", p.page(&visit{words: words}, frame, "code", codeView{Wrong: words.Say("pictures.over")}))
}

// open takes what opens the page: a code, or on a device that is remembered the pictures
// or a passkey.
func (p *Pages) open(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	kept := p.keptBy(r)
	var token string
	var y service.Young
	switch r.PostForm.Get("with") {
	case "pictures":
		token, y, err = p.service.OpenWithPictures(r.Context(), kept, picked(values))
	case "key":
		token, y, err = p.service.OpenWithKey(r.Context(), kept, p.opt.Site(r), r.PostForm.Get("id"), []byte(r.PostForm.Get("proof")))
	default:
		return p.openCode(r, v)
	}
	switch {
	case errors.Is(err, service.ErrOwnForgotten):
		return p.notRemembered(r), nil
	case errors.Is(err, service.ErrOwnPictures):
		return p.showLock(r, kept, "pictures.wrong")
	case errors.Is(err, service.ErrOwnNewCode):
		words := p.strangersWords(r)
		return p.page(&visit{words: words}, page{Bare: true, Status: http.StatusUnprocessableEntity}, "code", codeView{Wrong: words.Say("in.new")}), nil
	case errors.Is(err, service.ErrProof):
		return p.showLock(r, kept, "error")
	case err != nil:
		return nil, err
	}
	return p.keeping(kept, p.Begin(token, y)), nil
}

// showReady is where a code that was read from a picture leads. It is used up by the
// button, so that whatever only looks at the address does not use it.
func (p *Pages) showReady(r *http.Request, _ *visit) (answer, error) {
	code := r.PathValue("code")
	if len(code) > 40 {
		return nil, service.ErrNotFound
	}
	return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true}, "ready", codeView{Code: code}), nil
}

// openCode takes a code, once.
func (p *Pages) openCode(r *http.Request, _ *visit) (answer, error) {
	from := p.opt.Visitor(r)
	from.Remembered = p.keptBy(r)
	token, y, err := p.service.OpenOwnPage(r.Context(), r.PostForm.Get("code"), from)
	var tooMany service.TooMany
	words := p.strangersWords(r)
	switch {
	case errors.As(err, &tooMany):
		return p.page(&visit{words: words}, page{Bare: true, Status: http.StatusTooManyRequests}, "code", codeView{Wrong: words.Say("in.slow")}), nil
	case errors.Is(err, service.ErrOwnCode):
		return p.page(&visit{words: words}, page{Bare: true, Status: http.StatusUnprocessableEntity}, "code", codeView{Wrong: words.Say("in.wrong")}), nil
	case err != nil:
		return nil, err
	}
	return p.Begin(token, y), nil
}

// Begin sets the cookie of a session that has begun and leads to its first page. One that
// was open in the same browser ends: it may be somebody else's.
func (p *Pages) Begin(token string, y service.Young) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, _, in := p.tokenOf(r, pageCookie); in {
			p.end(r)
		}
		http.SetCookie(w, p.cookie(pageCookie, y.Authority+"."+token, 0))
		to := languagePage
		if y.Language != "" {
			to = homePage
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
}

// leave ends the session at once, and tells the browser to forget what it kept. Whatever
// cannot be reached, the browser forgets: nobody is left in on a page that they have left.
func (p *Pages) leave(r *http.Request, _ *visit) (answer, error) {
	to := p.end(r)
	return func(w http.ResponseWriter, r *http.Request) error {
		p.forget(w)
		if to == closedPage || r.Header.Get(keepsItself) != "" {
			return redirect(to)(w, r)
		}
		// A form of ours leads to no other site; the closed page itself leads on.
		w.Header().Set("Refresh", "0; url="+to)
		return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true, Silent: true}, "closed", closedView{})(w, r)
	}, nil
}

// showClosed is where every page leads that has no session. Whoever comes here with one
// has left too: the connection may have been gone when they did.
func (p *Pages) showClosed(r *http.Request, _ *visit) (answer, error) {
	_, _, in := p.tokenOf(r, pageCookie)
	if in {
		p.end(r)
	}
	view := closedView{Last: r.URL.Query().Has("last")}
	frame := page{Bare: true, Silent: !view.Last && !r.URL.Query().Has("now")}
	return func(w http.ResponseWriter, r *http.Request) error {
		if in {
			p.forget(w)
		}
		return p.page(&visit{words: p.strangersWords(r)}, frame, "closed", view)(w, r)
	}, nil
}

// closedView is all that shows without a session.
type closedView struct {
	Last bool // what was sent last was not kept: what it was, nothing says
}

// end ends the session of whoever asks, and gives the address to which they leave. Where
// it cannot be ended it is noted, and ends by itself after OwnIdle: its token is forgotten.
func (p *Pages) end(r *http.Request) (to string) {
	v, err := p.visitWith(r, true)
	to = closedPage
	if v != nil {
		if address, err := p.service.LeaveTo(r.Context(), v.young.Authority); err == nil && address != "" && !v.young.HandedOver() {
			to = address
		}
		if err = p.service.LeaveOwnPage(r.Context(), v.young); errors.Is(err, service.ErrNotFound) {
			err = nil
		}
	}
	if err != nil && p.opt.Log != nil {
		p.opt.Log.Error("a session could not be ended", "route", r.Pattern, "error", err)
	}
	return to
}

// TakeBack ends the session of whoever had the browser before staff sign in there, and lets
// it forget them: a tablet that was handed over and came back. A browser that comes from a
// council's sign-in service keeps its cookie and does not send it, so that it goes unseen;
// the session was ended when the browser left.
func (p *Pages) TakeBack(w http.ResponseWriter, r *http.Request) {
	if _, _, in := p.tokenOf(r, pageCookie); in {
		p.end(r)
		p.forget(w)
		return
	}
	http.SetCookie(w, p.cookie(pageCookie, "", -1))
}

// forget lets the browser forget the session and what it kept of the pages.
func (p *Pages) forget(w http.ResponseWriter) {
	http.SetCookie(w, p.cookie(pageCookie, "", -1))
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
}
