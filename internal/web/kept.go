package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// filled is a form as somebody filled it in, with what is wrong with it.
type filled struct {
	values url.Values
	wrong  service.Invalid
	status int // of the page that shows it
	more   any // what else that page needs to know
}

// A form that cannot be taken is kept for a while and shown by a page of its own
// address: the browser's back button and reload then meet a page, never the
// question whether to send the form once more. Three steps, the same for every form:
//
//	keep   in the handler that got the form: keeps it, leads to its page
//	again  in the handler of that page: the form that was kept, or a fresh one
//	status of the page: as the answer to the form would have been
//
// It is held in memory alone, under an id that nobody can guess, for whoever
// sent it and for the one page that it belongs to. Passwords are never held.
type keeper struct {
	now   func() time.Time
	newID func() string
	each  int // how many are held for one owner; the oldest goes first
	bytes int // how much is held of all together

	mu   sync.Mutex
	held []keptForm // the oldest first
}

// owner is to whom something is kept: an account, or nobody who has signed in yet.
type owner struct{ authority, account string }

type keptForm struct {
	id    string
	owner owner
	page  string // address of the page that shows it
	at    time.Time
	size  int
	form  filled

	offered bool // see offer
}

// How long a form is kept, and how much of them: a form itself has at most maxForm.
const (
	keptFor     = 30 * time.Minute
	keptEach    = 20
	keptBytes   = 32 << 20
	keptNobody  = 1000 // of those who have not signed in
	againName   = "again"
	goneMessage = "What you typed here was kept for half an hour, and is gone now. This is the page without it."
)

// secrets are the fields that are never kept: every password and code of our pages.
var secrets = []string{"password", "old", "code", "given", "proof"}

// put holds a form and gives the id under which it is found.
func (k *keeper) put(o owner, page string, form filled) string {
	values, size := url.Values{}, len(page)
	for name, all := range form.values {
		if slices.Contains(secrets, name) {
			continue
		}
		values[name] = slices.Clone(all)
		for _, value := range all {
			size += len(name) + len(value)
		}
	}
	form.values = values
	k.mu.Lock()
	defer k.mu.Unlock()
	kept := keptForm{id: k.newID(), owner: o, page: page, at: k.now(), size: size, form: form}
	k.held = append(k.held, kept)
	k.shed(o)
	return kept.id
}

// shed lets go of what is too old, and of the oldest where it is too many or too much.
func (k *keeper) shed(o owner) {
	now, own, total := k.now(), 0, 0
	kept := make([]keptForm, 0, len(k.held))
	for _, f := range slices.Backward(k.held) {
		if f.owner == o {
			own++
		}
		total += f.size
		if now.Sub(f.at) > keptFor || f.owner == o && own > k.each || total > k.bytes {
			continue
		}
		kept = append(kept, f)
	}
	slices.Reverse(kept)
	k.held = kept
}

// get is what is kept under an id, for this owner and this page alone.
func (k *keeper) get(o owner, page, id string) (filled, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, f := range k.held {
		if f.id == id && f.owner == o && f.page == page && k.now().Sub(f.at) <= keptFor {
			return f.form, true
		}
	}
	return filled{}, false
}

// take is get, once: what is shown a single time.
func (k *keeper) take(o owner, page, id string) (filled, bool) {
	form, ok := k.get(o, page, id)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held = slices.DeleteFunc(k.held, func(f keptForm) bool { return ok && f.id == id })
	return form, ok
}

// waits tells whether something is kept for an owner and a page, and was not offered yet.
func (k *keeper) waits(o owner, page string) (id string, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, f := range slices.Backward(k.held) {
		if f.owner == o && f.page == page && !f.offered && k.now().Sub(f.at) <= keptFor {
			return f.id, true
		}
	}
	return "", false
}

// offer is waits, and notes that the newest is offered now: it is offered once.
func (k *keeper) offer(o owner, page string) (id string, ok bool) {
	if id, ok = k.waits(o, page); !ok {
		return "", false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for i := range k.held {
		if k.held[i].id == id {
			k.held[i].offered = true
		}
	}
	return id, true
}

// drop lets go of what an authority's people filled in about something that is no longer
// there: where any text of it is, be that the page, what was typed, or what the page
// needs to know besides.
func (k *keeper) drop(authority string, about func(text string) bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held = slices.DeleteFunc(k.held, func(f keptForm) bool {
		if f.owner.authority != authority {
			return false
		}
		for _, all := range f.form.values {
			if slices.ContainsFunc(all, about) {
				return true
			}
		}
		return about(f.page) || about(fmt.Sprintf("%+v", f.form.more))
	})
}

// owner is to whom this visit's forms are kept; nobody where nobody is signed in.
func (v *visit) owner() owner {
	if v == nil {
		return owner{}
	}
	return owner{v.actor.Authority, v.actor.Account}
}

// keeperOf holds the forms of those who are signed in apart from those of
// everybody else, so that strangers cannot crowd them out.
func (s *Server) keeperOf(v *visit) *keeper {
	if v == nil {
		return s.strangers
	}
	return s.forms
}

// keep holds a form that could not be taken, and leads to the page that shows it.
func (s *Server) keep(v *visit, page string, form filled) answer {
	return redirect(page + "?" + againName + "=" + s.keeperOf(v).put(v.owner(), page, form))
}

// again is the form that the address names, or a fresh one with these values.
func (s *Server) again(r *http.Request, v *visit, fresh url.Values) filled {
	if id := r.URL.Query().Get(againName); id != "" {
		if form, ok := s.keeperOf(v).get(v.owner(), r.URL.Path, id); ok {
			return form
		}
	}
	return filled{values: fresh, status: http.StatusOK}
}

// goneNotice says that a form was kept and is not any more.
func (s *Server) goneNotice(r *http.Request, v *visit) []ui.Component {
	id := r.URL.Query().Get(againName)
	if id == "" || v == nil || r.Method != http.MethodGet {
		return nil
	}
	if _, ok := s.forms.get(v.owner(), r.URL.Path, id); ok {
		return nil
	}
	return []ui.Component{ui.Notice{Text: goneMessage}}
}

// doneCookie carries one word from the act that did something to the page that
// says so, once: a page that is reloaded does not announce it again.
const doneCookie = "done"

// done leads on after something was done; the next page says so.
func (s *Server) done(to, word string) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, s.doneCookie(word, 60))
		return redirect(to)(w, r)
	}
}

func (s *Server) doneCookie(word string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: doneCookie, Value: word, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: s.opt.Secure, SameSite: http.SameSiteLaxMode}
}

// doneNotice says what was just done; nil where nothing was, or for a word that
// the page does not know.
func doneNotice(r *http.Request, words map[string]string) []ui.Component {
	c, err := r.Cookie(doneCookie)
	if err != nil {
		return nil
	}
	if text, ok := words[c.Value]; ok {
		return []ui.Component{ui.Notice{Success: true, Title: "Done", Text: text}}
	}
	return nil
}
