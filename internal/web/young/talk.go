package young

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/id"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
)

type cardsView struct {
	Talked string
	Groups []cardGroup
}

type cardGroup struct {
	Title service.Phrase
	Cards []card
}

type card struct {
	Href    string
	Text    service.Phrase
	Drawing template.HTML // Safety: a drawing of this program
	Talked  bool
}

func (p *Pages) showCards(r *http.Request, v *visit) (answer, error) {
	talk, err := p.service.OwnTalk(r.Context(), v.young, v.words.Tag)
	if err != nil {
		return nil, err
	}
	view := cardsView{Talked: v.words.Say("cards.choose")}
	talked := 0
	for _, principle := range talk.Words.Edition.Principles {
		group := cardGroup{Title: talk.Words.Principle(principle)}
		for _, o := range principle.Outcomes {
			c := card{Href: aboutPage(firstOpen(talk, o)), Text: talk.Words.Outcome(o), Talked: talk.Today[o.ID]}
			c.Drawing, _ = drawings.For(o.Drawing)
			if c.Talked {
				talked++
			}
			group.Cards = append(group.Cards, c)
		}
		view.Groups = append(view.Groups, group)
	}
	if talked > 0 {
		view.Talked = v.words.Count("cards.talked", talked)
	}
	return p.page(v, page{Back: homePage}, "cards", view), nil
}

func aboutPage(indicator string) string { return "/me/about/" + indicator }

// firstOpen is the first indicator of an outcome of which nothing was said today.
func firstOpen(talk service.OwnTalkPage, o framework.Outcome) string {
	for _, i := range o.Indicators {
		if !talk.TalkedToday(i.ID) {
			return i.ID
		}
	}
	return o.Indicators[0].ID
}

// aboutView is one question on one screen.
type aboutView struct {
	ID       string // of the answer: sent twice it is one
	Drawing  template.HTML
	Key      string // of the title, for its recording
	Title    service.Phrase
	Prompt   service.Phrase
	Place    string
	Short    string      // the same in figures
	Before   *saidBefore // nil for nothing
	Answers  []choice
	States   []choice
	Words    string
	Audience []choice
	SkipTo   string
	Wrong    string
	AskWords string // "I want someone to do something about this"
}

// choice is one of several.
type choice struct {
	Value   string
	Text    service.Phrase
	Step    int // of the scale, for the face; 0 for none
	Icon    string
	Name    string // of the one person who may see it; empty otherwise
	Checked bool
}

func (p *Pages) askAbout(r *http.Request, v *visit) (answer, error) {
	talk, o, i, err := p.question(r, v)
	if err != nil {
		return nil, err
	}
	return p.about(v, talk, o, i, aboutForm{id: p.service.NewID()}), nil
}

// question is the indicator in the address.
func (p *Pages) question(r *http.Request, v *visit) (talk service.OwnTalkPage, o framework.Outcome, i framework.Indicator, err error) {
	if talk, err = p.service.OwnTalk(r.Context(), v.young, v.words.Tag); err != nil {
		return talk, o, i, err
	}
	i, ok := talk.Words.Edition.Indicator(r.PathValue("indicator"))
	if !ok {
		return talk, o, i, service.ErrNotFound
	}
	o, _ = talk.Words.Edition.OutcomeOf(i.ID)
	return talk, o, i, nil
}

// aboutForm is a form as it was sent, with what is wrong with it.
type aboutForm struct {
	id, answer, words, who, asks string
	wrong                        string
}

func (p *Pages) about(v *visit, talk service.OwnTalkPage, o framework.Outcome, i framework.Indicator, f aboutForm) answer {
	w := talk.Words
	at := slices.IndexFunc(o.Indicators, func(x framework.Indicator) bool { return x.ID == i.ID })
	view := aboutView{ID: f.id, Key: "indicator." + i.ID, Title: w.Indicator(i), Prompt: w.Prompt(o), Place: w.Say("question.place", "n", strconv.Itoa(at+1), "total", strconv.Itoa(len(o.Indicators))),
		Words: f.words, Wrong: f.wrong, SkipTo: after(o, at), Audience: audiences(w, talk.Workers, f.who), AskWords: f.asks}
	view.Short = strconv.Itoa(at+1) + " / " + strconv.Itoa(len(o.Indicators))
	view.Drawing = pictureOf(o, i.ID)
	if before, ok := talk.Latest(i.ID); ok {
		view.Before = sayingBefore(w, before)
	}
	for _, a := range slices.Backward(w.Edition.Scale.Answers) {
		value := strconv.Itoa(a.Value)
		view.Answers = append(view.Answers, choice{Value: value, Text: w.Answer(a.Value), Step: a.Value, Checked: f.answer == value})
	}
	for _, state := range PaperStates {
		view.States = append(view.States, choice{Value: string(state), Text: w.State(string(state)), Icon: string(state), Checked: f.answer == string(state)})
	}
	status := http.StatusOK
	if f.wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	return p.page(v, page{Back: cardsPage, Status: status}, "about", view)
}

// pictureOf is the picture of one of an outcome's questions, by which it is told without
// reading; of what is about the outcome as a whole, the outcome's.
func pictureOf(o framework.Outcome, indicator string) template.HTML {
	for at, i := range o.Indicators {
		if i.ID == indicator {
			return drawings.ForQuestion(o.Drawing, i.ID, at+1)
		}
	}
	image, _ := drawings.For(o.Drawing)
	return image
}

// after is where it goes on behind an outcome's indicator.
func after(o framework.Outcome, at int) string {
	if at+1 < len(o.Indicators) {
		return aboutPage(o.Indicators[at+1].ID)
	}
	return cardsPage
}

// audiences are who may see a thing: all who help, each of them alone, nobody yet.
func audiences(w service.OwnWords, workers []service.Person, chosen string) []choice {
	list := []choice{{Value: string(conversation.Helpers), Text: service.Phrase{Text: w.Say("who.helpers"), Tag: w.Tag}, Icon: "all", Checked: chosen == "" || chosen == string(conversation.Helpers)}}
	for _, person := range workers {
		value := string(conversation.One) + " " + person.Account
		list = append(list, choice{Value: value, Text: service.Phrase{Text: w.Say("who.one", "name", person.Name), Tag: w.Tag}, Icon: "one", Name: person.Name, Checked: chosen == value})
	}
	return append(list, choice{Value: string(conversation.NobodyYet), Text: service.Phrase{Text: w.Say("who.nobody"), Tag: w.Tag}, Icon: "none", Checked: chosen == string(conversation.NobodyYet)})
}

// readAudience is what was chosen of audiences.
func readAudience(text string) (conversation.Audience, string) {
	audience, account, _ := strings.Cut(text, " ")
	return conversation.Audience(audience), account
}

// saidBefore is what was said before: in the words of the scale, which may stand in
// another language than the page, and their own.
type saidBefore struct {
	Answer service.Phrase
	Step   int    // of the scale; 0 for none
	Icon   string // where it is none
	Words  string
}

func sayingBefore(w service.OwnWords, said service.OwnSaying) *saidBefore {
	if said.State == conversation.Answered {
		return &saidBefore{Answer: w.Answer(said.Value), Step: said.Value, Words: said.Words}
	}
	return &saidBefore{Answer: w.State(string(said.State)), Icon: string(said.State), Words: said.Words}
}

// keepAbout keeps an answer as it is given, and what they ask for in the same act. With
// nothing chosen it goes on: nobody has to answer; words alone are kept as words about the
// outcome. What nobody may see nobody can do something about: then they are asked once
// more who shall see what they ask for.
func (p *Pages) keepAbout(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	i, ok := v.words.Edition.Indicator(r.PathValue("indicator"))
	if !ok {
		return nil, service.ErrNotFound
	}
	o, _ := v.words.Edition.OutcomeOf(i.ID)
	f := aboutForm{id: id.Known(r.PostForm.Get("id")), answer: r.PostForm.Get("answer"), words: r.PostForm.Get("words"), who: r.PostForm.Get("who"), asks: strings.TrimSpace(r.PostForm.Get("ask"))}
	var wrong service.Invalid
	switch err := p.say(r, v, o, i, f); {
	case errors.As(err, &wrong):
		f.wrong = v.words.Say(wrongKey(wrong))
		talk, err := p.service.OwnTalk(r.Context(), v.young, v.words.Tag)
		if err != nil {
			return nil, err
		}
		return p.about(v, talk, o, i, f), nil
	case err != nil:
		return nil, err
	}
	if audience, _ := readAudience(f.who); f.asks != "" && audience == conversation.NobodyYet {
		return p.newAsk(r, v, url.Values{"id": {f.id}, "about": {i.ID}, "ask": {f.asks}}, "")
	}
	at := slices.IndexFunc(o.Indicators, func(x framework.Indicator) bool { return x.ID == i.ID })
	return redirect(after(o, at)), nil
}

// say keeps what a form says, in one act.
func (p *Pages) say(r *http.Request, v *visit, o framework.Outcome, i framework.Indicator, f aboutForm) error {
	audience, account := readAudience(f.who)
	asks := f.asks
	if audience == conversation.NobodyYet {
		asks = ""
	}
	switch {
	case f.answer != "":
		n := service.OwnAnswer{ID: f.id, Indicator: i.ID, Words: f.words, Audience: audience, Account: account, Ask: asks}
		n.State, n.Value = conversation.Chosen(f.answer)
		return p.service.SayOwn(r.Context(), v.young, n)
	case strings.TrimSpace(f.words) != "":
		return p.service.SayOwnWay(r.Context(), v.young, service.NewOwnSaid{ID: f.id, Kind: "words", Outcome: o.ID, Words: f.words, Audience: audience, Account: account, Ask: asks})
	case asks != "":
		return p.service.AskOwn(r.Context(), v.young, service.NewAsk{ID: f.id, Words: asks, Indicator: i.ID, Audience: audience, Account: account})
	}
	return nil
}

// wrongKey is what to say of a field that cannot be taken.
func wrongKey(wrong service.Invalid) string {
	for _, w := range wrong {
		switch w.Field {
		case "words":
			return "error.long"
		case "ask":
			return w.Message // is a key
		}
	}
	return "error.again"
}
