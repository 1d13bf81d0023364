package web

import (
	"net/http"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
	"stablefutures/internal/web/ui"
)

// cardsView is what there is to talk about, turned to the young person.
type cardsView struct {
	Talked string
	Cards  ui.Cards
	Said   string // address of what was said today
	Notice string // of the edition
}

func (s *Server) showCards(r *http.Request, v *visit) (answer, error) {
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	if !talk.MayWrite {
		return redirect(talkPath(talk.Conversation.ID) + "/said"), nil // the cards are for answering
	}
	view := cardsView{Said: talkPath(talk.Conversation.ID) + "/today", Notice: editionNotice(talk.Edition)}
	talked := 0
	for _, p := range talk.Edition.Principles {
		for _, o := range p.Outcomes {
			title, _, _ := talk.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
			card := ui.Card{Text: title, Href: youngPath(talk, firstOpen(talk, o))}
			card.Drawing, _ = drawings.For(o.Drawing) // without one, words alone
			if saidToday(talk, o) {
				card.Mark = "Talked about today"
				talked++
			}
			view.Cards.Items = append(view.Cards.Items, card)
		}
	}
	view.Talked = "You choose. You can stop or skip at any time."
	if talked > 0 {
		view.Talked = ui.Of(talked, len(view.Cards.Items)) + " talked about today. You can stop at any time."
	}
	return s.young(ui.YoungPage{Back: &ui.Link{Text: "Stop here", Href: view.Said}}, http.StatusOK, "cards", view), nil
}

// young answers with a screen that is turned to the young person.
func (s *Server) young(page ui.YoungPage, status int, name string, data any) answer {
	return func(w http.ResponseWriter, _ *http.Request) error { return s.views.Young(w, status, page, name, data) }
}

func youngPath(talk service.Talk, indicator string) string {
	return talkPath(talk.Conversation.ID) + "/young/" + indicator
}

// firstOpen is the first indicator of an outcome that was not talked about in
// this conversation; the first of all where each was.
func firstOpen(talk service.Talk, o framework.Outcome) string {
	for _, i := range o.Indicators {
		if len(talk.Of(i.ID, conversation.YoungPerson)) == 0 {
			return i.ID
		}
	}
	return o.Indicators[0].ID
}

// saidToday tells whether the young person said anything on an outcome in this
// conversation. Something taken back is not something said.
func saidToday(talk service.Talk, o framework.Outcome) bool {
	for _, i := range o.Indicators {
		for _, r := range talk.Of(i.ID, conversation.YoungPerson) {
			if r.State != conversation.NotTalkedAbout {
				return true
			}
		}
	}
	return false
}
