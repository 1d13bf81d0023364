package young

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"stablefutures/internal/conversation"
	"stablefutures/internal/id"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

// askRoutes are what a young person asks for, what came of it, and what will be done.
func (p *Pages) askRoutes() []Route {
	return []Route{
		{Pattern: "GET " + asksPage, handle: p.showAsks},
		{Pattern: "GET /me/asks/new", handle: p.showNewAsk},
		{Pattern: "POST /me/asks/new", handle: p.keepAsk},
		{Pattern: "GET /me/asks/{ask}", handle: p.showAsk},
		{Pattern: "POST /me/asks/{ask}/open", handle: p.openAsk},
		{Pattern: "POST /me/asks/{ask}/helped", handle: p.keepHelped},
		{Pattern: "GET " + planPage, handle: p.showPlan},
		{Pattern: "POST /me/choices/{entry}/stop", handle: p.stopAgreed},
	}
}

// saying are words that somebody wrote, which may stand in another language than the page.
type saying struct {
	Text, Tag, Dir string
	Note           string // that it is another language; empty where it is not
}

// shortWords is how much of somebody's words stands in a link.
const shortWords = 160

// Short are the words, or their beginning where there are many.
func (s saying) Short() string {
	if words := []rune(s.Text); len(words) > shortWords {
		return string(words[:shortWords]) + "…"
	}
	return s.Text
}

func sayingOf(w service.OwnWords, text, tag string) saying {
	s := saying{Text: text, Tag: tag, Dir: "auto"}
	if of, ok := locale.Of(tag); ok {
		s.Dir = of.Direction
		if tag != w.Tag && text != "" {
			s.Note = w.Say("reply.language", "language", of.Name)
		}
	}
	return s
}

// askItem is one ask as its list and its own page show it.
type askItem struct {
	Href    string
	Day     string
	Words   saying
	About   service.Phrase
	Drawing template.HTML // Safety: a drawing of this program
	Waits   bool          // no reply yet
	State   []string      // who answers by when, or what came of it
	New     int
	Who     string
	Open    bool        // for one person alone: it can be opened
	Replies []replyItem // a part of them, with the addresses of those beside it
	Helped  *helpedForm

	Before, After string
}

// replyItem is one reply.
type replyItem struct {
	By, Came, Why, Until string
	Wrote                string
	Words                saying
	Helped               string // what they said of it; empty while nothing
	HelpedWords          string
}

// helpedForm asks whether the latest reply helped.
type helpedForm struct {
	Action  string
	Number  int
	Said    string // who can see what they said; empty while nothing
	Chosen  string // of a form that could not be taken
	Choices []choice
	Words   string
	Wrong   string
}

func (p *Pages) showAsks(r *http.Request, v *visit) (answer, error) {
	list, err := p.service.OwnAsks(r.Context(), v.young, v.words.Tag)
	if err != nil {
		return nil, err
	}
	some := partOf(r, asksPage, list, func(a service.OwnAsk) int { return min(characters(a.Words), shortWords) })
	view := asksView{part: some}
	for _, a := range some.Items {
		view.List = append(view.List, askItemOf(a))
	}
	return p.page(v, page{Back: some.back(homePage)}, "asks", view), nil
}

// asksView is a part of what was asked for, the latest first.
type asksView struct {
	part[service.OwnAsk]
	List []askItem
}

func askPage(id string) string { return asksPage + "/" + id }

func askItemOf(a service.OwnAsk) askItem {
	w := a.WordsFor
	item := askItem{Href: askPage(a.ID), Day: day(a.AskedOn), Words: sayingOf(w, a.Words, a.Language), New: a.Unread, Waits: len(a.Replies) == 0, Open: a.Audience == conversation.One}
	item.Words.Note = "" // their own
	if i, ok := w.Edition.Indicator(a.Indicator); ok {
		item.About = w.Indicator(i)
	}
	if o, ok := w.Edition.Outcome(a.Outcome); ok {
		item.Drawing = pictureOf(o, a.Indicator)
		if item.About.Text == "" {
			item.About = w.Outcome(o)
		}
	}
	who := w.Say("who.helpers")
	switch {
	case a.Gone:
		who = w.Say("people.none")
	case item.Open:
		who = w.Say("who.one", "name", a.Answers)
	}
	item.Who = w.Say("said.sees", "who", who)
	if latest, ok := a.Latest(); ok {
		item.State = []string{w.Say("reply." + string(latest.Came))}
		return item
	}
	item.State = waitingWords(a)
	return item
}

// waitingWords say who answers and by when. Where it is late, that is said plainly; what
// nobody can see any more is promised by nobody.
func waitingWords(a service.OwnAsk) (lines []string) {
	w := a.WordsFor
	if a.Gone {
		return nil
	}
	if a.Reader != "" {
		lines = append(lines, w.Say("ask.seen", "name", a.Reader))
	}
	if a.Answers == "" {
		lines = append(lines, w.Say("ask.owner.none"))
	} else {
		lines = append(lines, w.Say("ask.owner", "name", a.Answers))
	}
	if a.Late {
		return append(lines, w.Say("ask.late"))
	}
	return append(lines, w.Say("ask.due", "date", day(a.DueOn)))
}

func (p *Pages) showAsk(r *http.Request, v *visit) (answer, error) {
	return p.askPage(r, v, nil)
}

// askPage is the page of one ask. sent is a form that could not be taken.
func (p *Pages) askPage(r *http.Request, v *visit, sent *helpedForm) (answer, error) {
	a, err := p.service.OwnAsk(r.Context(), v.young, r.PathValue("ask"), v.words.Tag)
	if err != nil {
		return nil, err
	}
	item := askItemOf(a)
	if !item.Waits {
		item.State = nil // the replies say it
	}
	some := partOf(r, askPage(a.ID), turned(a.Replies), func(r service.OwnReply) int { return characters(r.Words, r.HelpedWords) })
	for _, reply := range turned(some.Items) {
		item.Replies = append(item.Replies, replyItemOf(a.WordsFor, reply))
	}
	item.Before, item.After = some.Before(), some.After()
	status := http.StatusOK
	if latest, ok := a.Latest(); ok && some.Page == 1 {
		item.Helped = helpedOf(a, latest, item.Who)
	}
	if sent != nil && item.Helped != nil {
		status = http.StatusUnprocessableEntity
		item.Helped.Wrong, item.Helped.Words = sent.Wrong, sent.Words
		for i, c := range item.Helped.Choices {
			item.Helped.Choices[i].Checked = c.Value == sent.Chosen
		}
	}
	return p.page(v, page{Back: some.back(asksPage), Status: status}, "ask", item), nil
}

func replyItemOf(w service.OwnWords, r service.OwnReply) replyItem {
	item := replyItem{By: w.Say("reply.by", "name", r.Name, "date", day(r.On)), Came: w.Say("reply." + string(r.Came)), Words: sayingOf(w, r.Words, r.Language)}
	if r.Why != "" {
		item.Why = w.Say("why." + string(r.Why))
	}
	if r.By.Known() {
		item.Until = w.Say("plan.by", "date", day(r.AskReply.By))
	}
	if r.Words != "" {
		item.Wrote = w.Say("reply.wrote", "name", r.Name)
	}
	if r.Helped != "" {
		item.Helped, item.HelpedWords = w.Say("helped."+string(r.Helped)), r.HelpedWords
	}
	return item
}

// helpedOf asks whether a reply helped, or shows what they said, with who can see it, and
// asks again.
func helpedOf(a service.OwnAsk, r service.OwnReply, who string) *helpedForm {
	w := a.WordsFor
	f := &helpedForm{Action: askPage(a.ID) + "/helped", Number: r.Number, Words: r.HelpedWords}
	if r.Helped != "" {
		f.Said = who
	}
	for _, h := range conversation.HelpedAnswers {
		f.Choices = append(f.Choices, choice{Value: string(h), Text: service.Phrase{Text: w.Say("helped." + string(h)), Tag: w.Tag}, Step: map[conversation.Helped]int{conversation.HelpedYes: 5, conversation.HelpedLittle: 3, conversation.HelpedNo: 1}[h], Checked: r.Helped == h})
	}
	return f
}

func (p *Pages) keepHelped(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(r.PostForm.Get("reply"))
	if err != nil {
		return nil, ErrBadForm
	}
	words, chosen := r.PostForm.Get("words"), r.PostForm.Get("helped")
	err = p.service.HelpedOwn(r.Context(), v.young, r.PathValue("ask"), number, conversation.Helped(chosen), words)
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return p.askPage(r, v, &helpedForm{Wrong: v.words.Say(wrong[0].Message), Words: words, Chosen: chosen})
	case err != nil:
		return nil, err
	}
	return redirect(askPage(r.PathValue("ask"))), nil
}

// openAsk lets everybody who helps see what was asked of one person.
func (p *Pages) openAsk(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	if err := p.service.OpenOwnAsk(r.Context(), v.young, r.PathValue("ask")); err != nil {
		return nil, err
	}
	return redirect(askPage(r.PathValue("ask"))), nil
}

// newAskView asks what should happen.
type newAskView struct {
	ID, About, Words, Wrong string
	Title                   service.Phrase // of what it is about
	Audience                []choice
}

func (p *Pages) showNewAsk(r *http.Request, v *visit) (answer, error) {
	return p.newAsk(r, v, url.Values{"id": {p.service.NewID()}}, "")
}

// newAsk is the page that asks what should happen, with what was typed. Nobody can answer
// what nobody may see, so that only the wider audiences are offered.
func (p *Pages) newAsk(r *http.Request, v *visit, values url.Values, wrong string) (answer, error) {
	talk, err := p.service.OwnTalk(r.Context(), v.young, v.words.Tag)
	if err != nil {
		return nil, err
	}
	who := audiences(talk.Words, talk.Workers, values.Get("who"))
	view := newAskView{ID: values.Get("id"), Words: values.Get("ask"), Wrong: wrong, Audience: who[:len(who)-1]}
	if i, ok := talk.Words.Edition.Indicator(values.Get("about")); ok {
		view.About, view.Title = i.ID, talk.Words.Indicator(i)
	}
	status := http.StatusOK
	if wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	return p.page(v, page{Back: asksPage, Status: status}, "new-ask", view), nil
}

func (p *Pages) keepAsk(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	n := service.NewAsk{ID: id.Known(r.PostForm.Get("id")), Words: r.PostForm.Get("ask"), Indicator: r.PostForm.Get("about")}
	n.Audience, n.Account = readAudience(r.PostForm.Get("who"))
	err = p.service.AskOwn(r.Context(), v.young, n)
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return p.newAsk(r, v, values, v.words.Say(wrongKey(wrong)))
	case err != nil:
		return nil, err
	}
	return redirect(asksPage), nil
}

// stepItem is something that will be done.
type stepItem struct {
	Words     saying
	Href      string // of what they asked for; empty for none
	Who, When string
	Done      bool
}

func (p *Pages) showPlan(r *http.Request, v *visit) (answer, error) {
	steps, err := p.service.OwnPlan(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	some := partOf(r, planPage, steps, writtenOfStep)
	view := planView{part: some}
	for _, step := range some.Items {
		item := stepItem{Words: sayingOf(v.words, step.Words, step.Language), Done: step.DoneOn.Known()}
		if step.Asked {
			item.Words.Note = "" // their own
		}
		if step.Ask != "" {
			item.Href = askPage(step.Ask)
		}
		switch {
		case item.Done:
			item.When = v.words.Say("plan.done", "date", day(step.DoneOn))
		case step.By.Known():
			item.When = v.words.Say("plan.by", "date", day(step.By))
		}
		if step.Name != "" && !item.Done {
			item.Who = v.words.Say("plan.who", "name", step.Name)
		}
		view.List = append(view.List, item)
	}
	return p.page(v, page{Back: some.back(homePage)}, "plan", view), nil
}

// planView is a part of what will be done, and was done.
type planView struct {
	part[service.OwnStep]
	List []stepItem
}

// writtenOfStep is how many characters a step shows: what leads to an ask is cut short.
func writtenOfStep(step service.OwnStep) int {
	if step.Ask != "" {
		return min(characters(step.Words), shortWords)
	}
	return characters(step.Words)
}
