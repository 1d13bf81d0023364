package young

import (
	"errors"
	"net/http"

	"stablefutures/internal/service"
)

// codeView asks for a code.
type codeView struct {
	Wrong string
	Code  string // read from a picture: nothing to type
}

func (p *Pages) showCode(r *http.Request, v *visit) (answer, error) {
	if v != nil {
		return redirect(homePage), nil
	}
	return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true}, "code", codeView{}), nil
}

// showReady is where a code that was read from a picture leads. It is used up by the
// button, so that whatever only looks at the address does not use it.
func (p *Pages) showReady(r *http.Request, v *visit) (answer, error) {
	if v != nil {
		return redirect(homePage), nil
	}
	code := r.PathValue("code")
	if len(code) > 40 {
		return nil, service.ErrNotFound
	}
	return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true}, "ready", codeView{Code: code}), nil
}

// openCode takes a code, once.
func (p *Pages) openCode(r *http.Request, _ *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	token, y, err := p.service.OpenOwnPage(r.Context(), r.PostForm.Get("code"), p.opt.Visitor(r))
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

// Begin sets the cookie of a session that has begun and leads to its first page.
func (p *Pages) Begin(token string, y service.Young) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, p.cookie(pageCookie, y.Authority+"."+token, 0))
		to := languagePage
		if y.Language != "" {
			to = homePage
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
}

// leave ends the session at once. The answer tells the browser to forget what it kept.
func (p *Pages) leave(r *http.Request, v *visit) (answer, error) {
	to := closedPage
	if v != nil {
		if address, err := p.service.LeaveTo(r.Context(), v.young.Authority); err == nil && address != "" && !v.young.HandedOver() {
			to = address
		}
		if err := p.service.LeaveOwnPage(r.Context(), v.young); err != nil && !errors.Is(err, service.ErrNotFound) {
			return nil, err
		}
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, p.cookie(pageCookie, "", -1))
		w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
		if to == closedPage || r.Header.Get(keepsItself) != "" {
			return redirect(to)(w, r)
		}
		// A form of ours leads to no other site; the closed page itself leads on.
		w.Header().Set("Refresh", "0; url="+to)
		return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true}, "closed", nil)(w, r)
	}, nil
}

func (p *Pages) showClosed(r *http.Request, v *visit) (answer, error) {
	if v != nil {
		return redirect(homePage), nil
	}
	return p.page(&visit{words: p.strangersWords(r)}, page{Bare: true}, "closed", nil), nil
}
