package young

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/alert"
	"stablefutures/internal/date"
	"stablefutures/internal/id"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// nowRoutes are "I am not safe". They are there before a language was chosen too.
func (p *Pages) nowRoutes() []Route {
	return []Route{
		{Pattern: "GET " + unsafePage, Before: true, handle: p.askNow},
		{Pattern: "POST " + unsafePage, Before: true, handle: p.sendNow},
		{Pattern: "GET " + unsafePage + "/{alert}", Before: true, handle: p.showNow},
	}
}

// number is a telephone number with what it is for.
type number struct{ Label, Number, Dial string }

// numbersIn are numbers in the words of a language.
func numbersIn(w service.OwnWords, list []store.OwnNumber) (out []number) {
	for _, n := range list {
		label := n.Name
		if n.Key != "" {
			label = w.Say(n.Key)
		}
		out = append(out, number{label, n.Number, strings.ReplaceAll(n.Number, " ", "")})
	}
	return out
}

// nowView is what is said before an alert is sent, and how it is sent.
type nowView struct {
	ID      string // of the alert: sent twice it is one
	Danger  string // whom to call at once
	Name    string // of who is told first
	Told    string // who is told first; empty where nobody is on duty
	Call    bool   // nobody is told at once, as far as is known: the numbers stand beside that
	Passes  string // after how long somebody else gets it; empty where there is nobody else
	Beside  string // who else sees it
	Known   bool   // who sees it first sees whose it is
	How     []choice
	Numbers []number
}

var howIcons = map[alert.Reach]string{alert.Call: "phone", alert.Message: "lines", alert.Here: "eye", alert.Not: "none"}

// askNow says who is told and how soon, and asks nothing that has to be answered.
// While an alert goes on it leads to what became of it.
func (p *Pages) askNow(r *http.Request, v *visit) (answer, error) {
	safety, err := p.service.OwnSafety(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	if safety.Waiting != "" && !r.URL.Query().Has("again") {
		return redirect(unsafePage + "/" + safety.Waiting), nil
	}
	w := v.words
	view := nowView{ID: p.service.NewID(), Known: safety.Known, Numbers: numbersIn(w, safety.Numbers)}
	view.Danger = w.Say("safe.danger", "number", view.Numbers[0].Number)
	if safety.First != "" {
		view.Name, view.Told = safety.First, w.Say("safe.first", "name", safety.First)
		if !safety.Reached {
			view.Told, view.Call = w.Say("safe.waits", "name", safety.First), true
		}
		if !safety.Alone {
			view.Passes = w.Count("safe.minutes", safety.Minutes)
		}
	}
	switch {
	case len(safety.Beside) > 0:
		view.Beside = w.Say("first.who.names", "names", strings.Join(safety.Beside, ", "))
	case safety.First == "":
		view.Beside = w.Say("first.who.none")
	}
	for _, how := range alert.Reaches {
		view.How = append(view.How, choice{Value: string(how), Text: service.Phrase{Text: w.Say("safe.how." + string(how)), Tag: w.Tag}, Icon: howIcons[how]})
	}
	return p.page(v, page{Back: homePage}, "now", view), nil
}

// sendNow sends an alert. Whatever is missing or odd in the form, it is sent.
func (p *Pages) sendNow(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	id, err := p.service.SendAlert(r.Context(), v.young, service.NewAlert{ID: id.Known(r.PostForm.Get("id")), How: alert.Reach(r.PostForm.Get("how")), Words: r.PostForm.Get("words")})
	if err != nil {
		return nil, err
	}
	return redirect(unsafePage + "/" + id), nil
}

// sentView is what became of an alert.
type sentView struct {
	Mark    string // changes with what the page says
	Sent    string
	Now     string // what is to be said first
	Calls   bool   // nobody answered: it asks to call
	Answer  string // of the person who has it
	Nobody  bool   // nobody is on duty
	Over    bool
	Again   string
	Numbers []number
}

func (p *Pages) showNow(r *http.Request, v *visit) (answer, error) {
	a, err := p.service.OwnAlert(r.Context(), v.young, r.PathValue("alert"))
	if err != nil {
		return nil, err
	}
	w := v.words
	view := sentView{Mark: a.State + string(a.Answer), Sent: w.Say("safe.sent", "time", p.clock(a.SentAt)), Again: unsafePage + "?again", Numbers: numbersIn(w, a.Numbers)}
	view.Now = w.Say("safe." + a.State)
	has := w.Say("safe.has", "name", a.Name, "time", p.clock(a.HasAt))
	switch a.State {
	case service.OwnHas:
		view.Now = has
	case service.OwnUnanswered:
		view.Calls = true
	case service.OwnOver:
		view.Over = true
	default:
		view.Nobody = a.Nobody
	}
	if a.Answer != "" && !view.Over {
		view.Answer = w.Say("safe." + string(a.Answer))
	}
	return p.page(v, page{Back: homePage}, "sent", view), nil
}

// clock is the time of day; of another day with the day.
func (p *Pages) clock(t time.Time) string {
	text := t.Format("15:04")
	if d := date.Of(t); d != p.service.Today() {
		text = day(d) + " " + text
	}
	return text
}

// unsafeProblem tells whether a request was about somebody who is not safe: then the
// numbers are shown, whatever went wrong.
func unsafeProblem(r *http.Request) bool {
	return r.URL.Path == unsafePage || strings.HasPrefix(r.URL.Path, unsafePage+"/")
}

// atHand are the numbers for whoever asks, also where nothing else can be read.
func (p *Pages) atHand(r *http.Request, w service.OwnWords) []number {
	authority, _, _ := p.tokenOf(r, pageCookie)
	return numbersIn(w, p.service.NumbersAtHand(authority))
}

// call is the one number for pages on which nobody has come in: that of the emergency
// services, or the first that the authority set. It says no more than any page could: what
// a helpline is called, or whose number it is, would tell whoever looks over a shoulder.
func (p *Pages) call(r *http.Request, w service.OwnWords, status int) *number {
	authority, _, in := p.tokenOf(r, pageCookie)
	if !in {
		authority, _, _ = p.tokenOf(r, deviceCookie)
	}
	var list []store.OwnNumber
	if status < http.StatusInternalServerError {
		list = p.service.NumbersFor(r.Context(), authority)
	} else {
		list = p.service.NumbersAtHand(authority)
	}
	one := list[0]
	if at := slices.IndexFunc(list, func(n store.OwnNumber) bool { return n.Key == emergency }); at >= 0 {
		one = list[at]
	}
	n := numbersIn(w, []store.OwnNumber{one})[0]
	n.Label = w.Say("safe.line", "number", n.Number)
	return &n
}

// emergency is the key of what the number of the emergency services is called.
const emergency = "number.emergency"

// notSent answers whoever sent an alert on a page that was closed meanwhile: that it was
// not kept is said, and whom to call.
func (p *Pages) notSent(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(keepsItself) != "" {
		w.WriteHeader(http.StatusGone) // the form is then sent as without script, and shows this page
		return
	}
	words := p.strangersWords(r)
	view := problemView{Message: words.Say("closed") + " " + words.Say("error.again"), Numbers: p.atHand(r, words)}
	if p.page(&visit{words: words}, page{Bare: true, Silent: true, Status: http.StatusUnauthorized}, "problem", view)(w, r) != nil {
		http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
	}
}
