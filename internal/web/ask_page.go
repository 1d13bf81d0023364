package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/id"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// askedView is one thing that a young person asked for: Lundy's four, the replies, and the
// form for another.
type askedView struct {
	Parts   []lundyPart
	Replies []replyLine
	Form    *replyForm // nothing for whoever may only read
}

// lundyPart is one of the four without which somebody is not heard: a space to speak in,
// a voice, an audience that listens, and influence on what comes of it.
type lundyPart struct {
	Name  string
	Plain string // the same in everyday words
	Quote written
	Lines []string
	Late  bool
}

// replyLine is one reply.
type replyLine struct {
	When  string
	Lines []string
	Words written
	Says  written // what the young person says of it
}

func (s *Server) showAsked(r *http.Request, v *visit) (answer, error) {
	p, a, err := s.service.AskOf(r.Context(), v.actor, r.PathValue("record"), r.PathValue("ask"))
	if err != nil {
		return nil, err
	}
	view := askedView{Parts: []lundyPart{spaceOf(a), voiceOf(a), s.audienceOf(p, a), s.influenceOf(p, a)}}
	for _, reply := range a.Replies {
		view.Replies = append(view.Replies, s.replyLine(p, reply))
	}
	page := recordForm(p.Head, "Asked for and answered")
	page.Heading = "What they asked for on " + a.AskedOn.Long()
	page.Back = &ui.Link{Text: "All that they asked for", Href: asksPath(p.Head.Record)}
	page.Notices = append(doneNotice(r, map[string]string{"replied": "Your answer stands on their page."}), page.Notices...)
	page.Edition = editionNotice(p.English.Edition)
	status := http.StatusOK
	if p.MayAnswer {
		form := s.again(r, v, url.Values{"id": {s.service.NewID()}, "language": {locale.SourceTag}})
		view.Form, status = newReplyForm(p, a, form), form.status
		page.Errors = fieldSummary(form.wrong, map[string]ui.DateInput{"by": view.Form.By})
	}
	return s.pageWith(status, v, page, "ask", view), nil
}

// spaceOf is how and where it was said, in which language, and with whose help.
func spaceOf(a service.AskSeen) lundyPart {
	language := a.Language
	if of, ok := locale.Of(a.Language); ok {
		language = of.English()
	}
	var helped []string
	for _, h := range a.Talk.HelpedBy {
		helped = append(helped, h.Label())
	}
	return lundyPart{Name: "Space", Plain: "How they could say it", Lines: []string{orWords(howWords[a.Talk.How], "How it was said is not recorded"), "In " + language,
		"Who helped: " + orWords(joinWords(helped), "nobody is recorded")}}
}

// voiceOf are their words, as they wrote them.
func voiceOf(a service.AskSeen) lundyPart {
	part := lundyPart{Name: "Voice", Plain: "What they said", Quote: writtenIn(a.Words, a.Language)}
	if about := askedAbout(a); about != "" {
		part.Lines = []string{"About: " + about}
	}
	return part
}

// audienceOf is who answers, when they read it, and how long the first answer took.
func (s *Server) audienceOf(p service.AsksPage, a service.AskSeen) lundyPart {
	part := lundyPart{Name: "Audience", Plain: "Who listens", Late: a.Late, Lines: []string{orWords(p.Names[a.Answers], "Nobody works with them: a manager") + " answers it, by " + a.DueOn.Long()}}
	if a.Audience == conversation.One {
		part.Lines = append(part.Lines, "They chose that you alone see it. It is on nobody else’s page and in no figure.")
	}
	seen := "Not read yet by who answers it"
	if !a.SeenAt.IsZero() {
		seen = "Read by " + orWords(p.Names[a.SeenBy], "somebody") + " on " + s.moment(a.SeenAt) + ", " + afterWords(a.AskedOn, s.day(a.SeenAt))
	}
	part.Lines = append(part.Lines, seen)
	if len(a.Replies) > 0 {
		first := s.day(a.Replies[0].RepliedAt)
		took := "First answered " + afterWords(a.AskedOn, first)
		if first > a.DueOn {
			took += ", and late"
		}
		part.Lines = append(part.Lines, took)
	} else if a.Late {
		part.Lines = append(part.Lines, "Late: nobody has answered")
	}
	return part
}

// afterWords say how long after it was asked something was.
func afterWords(asked, then date.Date) string {
	if then <= asked {
		return "on the same day"
	}
	return ui.Count(asked.DaysUntil(then), "day", "days") + " after it was asked"
}

// influenceOf is what came of it, and whether it helped.
func (s *Server) influenceOf(p service.AsksPage, a service.AskSeen) lundyPart {
	part := lundyPart{Name: "Influence", Plain: "What came of it", Lines: []string{"Nothing has come of it yet"}}
	latest, ok := a.Latest()
	if !ok {
		return part
	}
	part.Lines = []string{p.English.Say("reply." + string(latest.Came))}
	if latest.Why != "" {
		part.Lines = append(part.Lines, p.English.Say("why."+string(latest.Why)))
	}
	read := "They have not read the answer yet"
	if !latest.ReadAt.IsZero() {
		read = "They read the answer on " + s.moment(latest.ReadAt)
	}
	part.Lines = append(part.Lines, read, helpedWords(p, latest.Helped))
	part.Quote = written{Text: latest.HelpedWords, Dir: "auto"}
	return part
}

func (s *Server) replyLine(p service.AsksPage, r store.AskReply) replyLine {
	line := replyLine{When: s.moment(r.RepliedAt) + ", " + orWords(p.Names[r.RepliedBy], "somebody"), Words: writtenIn(r.Words, r.Language), Says: written{Text: r.HelpedWords, Dir: "auto"},
		Lines: []string{p.English.Say("reply." + string(r.Came))}}
	if r.Why != "" {
		line.Lines = append(line.Lines, p.English.Say("why."+string(r.Why)))
	}
	if r.By.Known() {
		line.Lines = append(line.Lines, "By "+r.By.Long())
	}
	if r.Helped != "" {
		line.Lines = append(line.Lines, helpedWords(p, r.Helped))
	}
	return line
}

// replyForm asks what came of it: ready sentences, beside each the one that the young
// person will read.
type replyForm struct {
	ID, Action string
	After      int
	Title      string
	Came, Why  ui.Radios
	WhyFor     string // with which of Came a reason goes, and with which a day
	ByFor      string
	By         ui.DateInput
	Words      ui.Textarea
	Language   ui.Select
}

func newReplyForm(p service.AsksPage, a service.AskSeen, form filled) *replyForm {
	values, wrong := form.values, form.wrong
	f := &replyForm{ID: values.Get("id"), Action: askedPath(p.Head.Record, a.ID), After: len(a.Replies), Title: "Answer it",
		Came:     readySentences(p, "came", "What came of it", values, wrong),
		Why:      readySentences(p, "why", "Why not, or why not wholly", values, wrong),
		By:       dayInput("by", "By when it will be done", "Where you are working on it, or a part is left. It stands on their plan then. For example, 27 3 2026", values, errorAt(wrong, "by")),
		Words:    ownWordsInput("In your own words", "You can leave it empty. The young person reads it as you write it: short sentences, no abbreviations.", values, wrong),
		Language: languageSelect(p, values, wrong),
	}
	f.Why.Hint = "Needed where it cannot be done. " + f.Why.Hint
	if len(a.Replies) > 0 {
		f.Title = "Answer it again"
	}
	for _, c := range conversation.Cames {
		f.Came.Items = append(f.Came.Items, readySentence(p, "reply.", string(c)))
	}
	for _, why := range conversation.WhyNots {
		f.Why.Items = append(f.Why.Items, readySentence(p, "why.", string(why)))
	}
	f.WhyFor, f.ByFor = camesWith(conversation.Came.MayHaveWhy), camesWith(conversation.Came.MayHaveDay)
	return f
}

// camesWith are the answers with which something goes, parted by blanks.
func camesWith(goes func(conversation.Came) bool) string {
	var list []string
	for _, c := range conversation.Cames {
		if goes(c) {
			list = append(list, string(c))
		}
	}
	return strings.Join(list, " ")
}

func readySentences(p service.AsksPage, name, legend string, values url.Values, wrong service.Invalid) ui.Radios {
	list := ui.Radios{Name: name, Legend: ui.Legend{Text: legend}, Value: values.Get(name), Error: errorAt(wrong, name)}
	if p.Young.Tag != locale.SourceTag {
		list.Hint = "Under each is what the young person reads, in " + p.Young.English() + "."
	}
	return list
}

func readySentence(p service.AsksPage, prefix, value string) ui.Choice {
	choice := ui.Choice{Value: value, Text: p.English.Say(prefix + value)}
	if p.Young.Tag != locale.SourceTag {
		choice.Hint, choice.HintLang = p.Young.Say(prefix+value), p.Young.Tag
	}
	return choice
}

func (s *Server) answerAsk(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	path := askedPath(r.PathValue("record"), r.PathValue("ask"))
	by, wrong := readBy(values)
	after, _ := strconv.Atoi(values.Get("after")) // what is no number is none that the form showed
	err = s.service.AnswerAsk(r.Context(), v.actor, r.PathValue("record"), r.PathValue("ask"), service.NewReply{ID: id.Known(values.Get("id")), Came: conversation.Came(values.Get("came")),
		Why: conversation.WhyNot(values.Get("why")), By: by, Words: values.Get("words"), Language: values.Get("language"), After: after, Wrong: wrong})
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(path, "replied"), nil
}
