package web

import (
	"html/template"
	"net/http"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
	"stablefutures/internal/web/ui"
)

// todayView is what a young person said in one conversation, turned to them:
// nothing that anybody else thinks stands on it.
type todayView struct {
	Groups []todayGroup
	Who    string // who can see it
	Cards  string // address of the cards; empty for who may only read
	Staff  string // address of the staff's page
	Back   string // the worker to whom the screen goes back
	Notice string
}

type todayGroup struct {
	Outcome string
	Drawing template.HTML
	Items   []todayItem
}

// todayItem is one answer, or words alone.
type todayItem struct {
	Indicator string
	Href      string
	Answer    string
	Face      int // step of the scale; 0 for none
	Words     string
}

func (s *Server) showToday(r *http.Request, v *visit) (answer, error) {
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	view := todayView{Who: whoHelps(talk.Head), Staff: talkPath(talk.Conversation.ID) + "/said", Back: v.actor.Name, Notice: editionNotice(talk.Edition)}
	if talk.MayWrite {
		view.Cards = talkPath(talk.Conversation.ID)
	}
	for _, o := range talk.Edition.Outcomes() {
		group := todayGroup{Items: todayItems(talk, o)}
		group.Outcome, _, _ = talk.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
		group.Drawing, _ = drawings.For(o.Drawing)
		if len(group.Items) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	page := ui.YoungPage{}
	if view.Cards != "" {
		page.Back = &ui.Link{Text: "All cards", Href: view.Cards}
	}
	return s.young(page, http.StatusOK, "today", view), nil
}

// todayItems are what the young person said to an outcome's indicators. What was
// taken back is not there.
func todayItems(talk service.Talk, o framework.Outcome) (items []todayItem) {
	for _, i := range o.Indicators {
		title, _, _ := talk.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		item := todayItem{Indicator: title}
		if talk.MayWrite {
			item.Href = youngPath(talk, i.ID)
		}
		for _, r := range talk.Of(i.ID, conversation.YoungPerson) {
			if r.State != conversation.NotTalkedAbout {
				said := item
				said.Answer, said.Face, said.Words = readingWords(talk.Edition, r, framework.YoungPerson), r.Value, r.Words
				items = append(items, said)
			}
		}
		for _, d := range talk.Words {
			if d.Indicator == i.ID && d.Voice == conversation.YoungPerson && d.State == "" {
				alone := item
				alone.Words = d.Words
				items = append(items, alone)
			}
		}
	}
	return items
}

// whoHelps are the people who can see what a young person says, as the young
// person would call them.
func whoHelps(head service.Head) string {
	var names []string
	for _, p := range head.Workers {
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return "the managers of the people who help you"
	}
	return joinWords(append(names, "their managers"))
}
