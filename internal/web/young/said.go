package young

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// saidItem is one thing that was said.
type saidItem struct {
	ID      string
	Day     string
	About   service.Phrase
	Drawing template.HTML
	Answer  service.Phrase
	Step    int
	Words   string
	Kind    string // drawing, picture, sound; empty for what has no file
	File    string // address
	Who     string
	Kept    bool   // to one person, or to nobody yet: it can be opened
	Opened  bool   // by them, after it was kept
	Again   string // address of the same question; empty for none
}

// saidView is a part of what was said, the latest first.
type saidView struct {
	part[service.OwnSaying]
	List []saidItem
}

func (p *Pages) showSaid(r *http.Request, v *visit) (answer, error) {
	talk, err := p.service.OwnTalk(r.Context(), v.young, v.words.Tag)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, person := range talk.Workers {
		names[person.Account] = person.Name
	}
	some := partOf(r, saidPage, talk.Said, func(said service.OwnSaying) int { return characters(said.Words) })
	view := saidView{part: some}
	for _, said := range some.Items {
		view.List = append(view.List, itemOf(talk.Words, said, names))
	}
	return p.page(v, page{Back: some.back(homePage)}, "said", view), nil
}

func itemOf(w service.OwnWords, said service.OwnSaying, names map[string]string) saidItem {
	item := saidItem{ID: said.ID, Day: day(said.SaidOn), Words: said.Words, Kept: said.Audience != conversation.Helpers, Opened: !said.OpenedAt.IsZero()}
	who := w.Say("who.helpers")
	switch said.Audience {
	case conversation.One:
		who = w.Say("who.one", "name", names[said.Account])
		if names[said.Account] == "" {
			who = w.Say("people.none") // whom they chose works with them no more, and sees nothing
		}
	case conversation.NobodyYet:
		who = w.Say("who.nobody")
	}
	item.Who = w.Say("said.sees", "who", who)
	outcome := said.Outcome
	if i, ok := w.Edition.Indicator(said.Indicator); ok && said.Kind == "answer" {
		o, _ := w.Edition.OutcomeOf(i.ID)
		item.About, outcome = w.Indicator(i), o.ID
		if said.Current {
			item.Again = aboutPage(i.ID)
		}
	}
	if o, ok := w.Edition.Outcome(outcome); ok {
		item.Drawing = pictureOf(o, said.Indicator)
		if item.About.Text == "" {
			item.About = w.Outcome(o)
		}
	}
	switch {
	case said.Kind == "answer" && said.State == conversation.Answered:
		item.Answer, item.Step = w.Answer(said.Value), said.Value
	case said.Kind == "answer":
		item.Answer = w.State(string(said.State))
	case said.Kind == "drawing", said.Kind == "picture", said.Kind == "sound":
		item.Kind, item.File = strings.Replace(said.Kind, "sound", "voice", 1), "/me/file/"+said.ID
	}
	return item
}

// openSaid lets everybody who helps see what was kept, and leads back to where it stands.
func (p *Pages) openSaid(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	if err := p.service.OpenOwn(r.Context(), v.young, r.PathValue("said")); err != nil {
		return nil, err
	}
	number, _ := strconv.Atoi(r.PostForm.Get("page")) // 0 is the first
	return redirect(pageOf(saidPage, number)), nil
}
