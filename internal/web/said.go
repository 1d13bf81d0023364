package web

import (
	"html/template"
	"net/http"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// saidView is what was said in one conversation, by both voices.
type saidView struct {
	How    ui.SummaryList
	Groups []saidGroup
	Own    []ownGivenItem // what is no reading
	Count  string
	Cards  string // address of the cards; empty for who may only read
	Mine   string
}

type saidGroup struct {
	Outcome string
	Items   []saidItem
}

type saidItem struct {
	Indicator string
	Young     []voiceLine
	Worker    []voiceLine
	Change    *ui.Link
	Mine      *ui.Link
}

// voiceLine is one reading that stands, with its sign.
type voiceLine struct {
	Sign   template.HTML // Safety: drawn by package chart
	Voice  string        // read out before it
	Answer string
	Words  string
	Note   string
}

func (s *Server) showSaid(r *http.Request, v *visit) (answer, error) {
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	view := saidView{How: howHeld(talk), Own: ownItems(talk.Own, talk.Head.Record, talk.Accounts)}
	if talk.MayWrite {
		view.Cards, view.Mine = talkPath(talk.Conversation.ID), talkPath(talk.Conversation.ID)+"/mine"
	}
	for _, o := range talk.Edition.Outcomes() {
		group, err := saidOn(talk, o)
		if err != nil {
			return nil, err
		}
		if len(group.Items) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	view.Count = howMuchSaid(talk)
	page := ui.Page{Title: "What was said", Heading: "What was said on " + talk.Conversation.HeldOn.Long(), Lead: headLine(talk.Head), Nav: at("/caseload"),
		Notices: warnings(talk.Head), Edition: editionNotice(talk.Edition),
		Back: &ui.Link{Text: "The record", Href: recordPath(talk.Head.Record)}}
	return s.page(v, page, "said", view), nil
}

// howMuchSaid counts what the young person said. None of the states is an answer.
func howMuchSaid(talk service.Talk) string {
	answers, states := 0, 0
	for _, r := range talk.Standing {
		switch {
		case r.Voice != conversation.YoungPerson || r.State == conversation.NotTalkedAbout:
		case r.State == conversation.Answered:
			answers++
		default:
			states++
		}
	}
	if answers+states == 0 && len(talk.Own) > 0 {
		return "The young person marked no answer. What they said in their own way stands below."
	}
	if answers+states == 0 {
		return "The young person has not answered anything yet. Nothing has to be talked about."
	}
	text := ui.Count(answers, "answer", "answers") + " by the young person"
	if states > 0 {
		text += ", and " + ui.Count(states, "time", "times") + " that they did not want to say, did not know, or that it is not part of their life"
	}
	return text + ". Each is kept."
}

// howHeld says how a conversation was held: helped answers differ.
func howHeld(talk service.Talk) ui.SummaryList {
	var helped []string
	for _, h := range talk.Conversation.HelpedBy {
		helped = append(helped, h.Label())
	}
	return ui.SummaryList{Rows: []ui.SummaryRow{
		{Key: "Language", Value: orWords(spoken(talk.Conversation.Language), "not recorded")},
		{Key: "Who helped to answer", Value: orWords(joinWords(helped), "not recorded")},
		{Key: "How it was held", Value: heldHow(talk.Conversation.How, talk.By)},
	}}
}

// saidOn are the indicators of an outcome on which either voice has a reading.
func saidOn(talk service.Talk, o framework.Outcome) (group saidGroup, err error) {
	group.Outcome, _, _ = talk.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
	for _, i := range o.Indicators {
		item := saidItem{}
		item.Indicator, _, _ = talk.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		if item.Young, err = voiceLines(talk, i.ID, conversation.YoungPerson); err != nil {
			return group, err
		}
		if item.Worker, err = voiceLines(talk, i.ID, conversation.Worker); err != nil {
			return group, err
		}
		if len(item.Young)+len(item.Worker) == 0 {
			continue
		}
		if talk.MayWrite {
			item.Change = &ui.Link{Text: "Change the answer", Href: youngPath(talk, i.ID)}
			item.Mine = &ui.Link{Text: "Add your own reading", Href: minePath(talk, i.ID)}
			if len(item.Worker) > 0 {
				item.Mine.Text = "Change your own reading"
			}
		}
		group.Items = append(group.Items, item)
	}
	return group, nil
}

func voiceLines(talk service.Talk, indicator string, voice conversation.Voice) ([]voiceLine, error) {
	standing := talk.Of(indicator, voice)
	var lines []voiceLine
	for _, r := range standing {
		line, err := lineOf(talk.Edition, r)
		if err != nil {
			return nil, err
		}
		if len(standing) > 1 {
			line.Note = "written down by " + writer(talk, r.By) + "; both are kept"
		}
		lines = append(lines, line)
	}
	return append(lines, wordsAlone(talk, indicator, voice)...), nil
}

// wordsAlone are words that somebody wrote on a form and has not sent with an answer.
func wordsAlone(talk service.Talk, indicator string, voice conversation.Voice) (lines []voiceLine) {
	for _, d := range talk.Words {
		if d.Indicator == indicator && d.Voice == voice && d.Words != "" {
			lines = append(lines, voiceLine{Voice: voice.Label(), Answer: "In words alone:", Words: d.Words,
				Note: "written down by " + writer(talk, d.Account) + ", without an answer"})
		}
	}
	return lines
}

func lineOf(e *framework.Edition, r conversation.Reading) (voiceLine, error) {
	line := voiceLine{Voice: r.Voice.Label(), Answer: readingWords(e, r, audienceOf(r.Voice)), Words: r.Words}
	if r.State == conversation.NotTalkedAbout {
		return line, nil // nothing said has no sign
	}
	var err error
	line.Sign, err = signOf(r.Voice, r.State).Draw()
	return line, err
}

// signOf is the sign that stands for what a voice said, the same everywhere.
func signOf(voice conversation.Voice, state conversation.State) chart.Sign {
	switch {
	case state == conversation.DoesNotWantToSay:
		return chart.SignDidNotWant
	case state == conversation.DoesNotKnow:
		return chart.SignDidNotKnow
	case state == conversation.NotPartOfMyLife:
		return chart.SignNotMyLife
	case voice == conversation.Worker:
		return chart.SignWorker
	}
	return chart.SignYoung
}
