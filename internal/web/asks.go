package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/id"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// asksView is what a young person asked for, and what will be done.
type asksView struct {
	Asks  []askLine
	Empty string
	Steps []stepLine
	Add   *stepForm // nothing for whoever may only read
}

// written are somebody's words in whatever language.
type written struct{ Text, Lang, Dir string }

func writtenIn(text, tag string) written {
	w := written{Text: text, Dir: "auto"}
	if of, ok := locale.Of(tag); ok {
		w.Lang, w.Dir = of.Tag, of.Direction
	}
	return w
}

// askLine is one thing that was asked for.
type askLine struct {
	Words written
	Note  string // about what, and when
	State string
	Late  bool
	Link  ui.Link
	About string // read out after the link
}

// stepLine is one step of the plan.
type stepLine struct {
	Words     written
	Note      string
	Late      bool
	Done, End ui.Component // nothing for what is done, and for whoever may only read
}

func (s *Server) showAsks(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.AsksOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	view := asksView{Empty: "The young person has not asked for anything on their own page that you can see."}
	for _, a := range unansweredFirst(p.Asks) {
		view.Asks = append(view.Asks, s.askLine(p, a))
	}
	for _, step := range p.Steps {
		view.Steps = append(view.Steps, s.stepLine(p, step))
	}
	page := recordPage(p.Head, partAsks, "Asked for and answered", "What they asked for, and what came of it")
	page.Notices = append(doneNotice(r, map[string]string{"step": "It stands on their plan.", "step-done": "It is done, and their plan says so.", "step-off": "It is no longer on their plan."}), page.Notices...)
	page.Edition = editionNotice(p.English.Edition)
	status := http.StatusOK
	if p.MayAnswer {
		form := s.again(r, v, url.Values{"id": {s.service.NewID()}, "owner": {v.actor.Account}, "language": {locale.SourceTag}})
		view.Add, status = newStepForm(p, form), form.status
		page.Errors = fieldSummary(form.wrong, map[string]ui.DateInput{"by": view.Add.By})
	}
	return s.pageWith(status, v, page, "asks", view), nil
}

// unansweredFirst are what was asked for with what nobody has answered first, the longest
// waiting before the others.
func unansweredFirst(list []service.AskSeen) []service.AskSeen {
	var waiting, answered []service.AskSeen
	for _, a := range list {
		if _, replied := a.Latest(); replied {
			answered = append(answered, a)
		} else {
			waiting = append(waiting, a)
		}
	}
	slices.SortStableFunc(waiting, func(a, b service.AskSeen) int { return cmp.Compare(a.DueOn, b.DueOn) })
	return append(waiting, answered...)
}

func (s *Server) askLine(p service.AsksPage, a service.AskSeen) askLine {
	line := askLine{Words: writtenIn(a.Words, a.Language), Note: "Asked on " + a.AskedOn.Long(), Late: a.Late, About: "asked on " + a.AskedOn.Long(), Link: ui.Link{Text: "Open it", Href: askedPath(p.Head.Record, a.ID)}}
	if about := askedAbout(a); about != "" {
		line.Note = about + " · " + lower(line.Note)
	}
	if a.Audience == conversation.One {
		line.Note += " · for you alone: nobody else sees it"
	}
	latest, replied := a.Latest()
	switch {
	case replied:
		line.State = p.English.Say("reply."+string(latest.Came)) + " " + helpedWords(p, latest.Helped)
	case p.MayAnswer:
		line.Link.Text = "Answer it"
		fallthrough
	default:
		line.State = dueWords(p, a)
	}
	return line
}

// dueWords say who answers by when, of what nobody has answered.
func dueWords(p service.AsksPage, a service.AskSeen) string {
	who := orWords(p.Names[a.Answers], "Nobody works with them: a manager")
	if a.Late {
		return "No answer yet. Late: it was due by " + a.DueOn.Long() + ". " + who + " answers."
	}
	return "No answer yet. " + who + " answers by " + a.DueOn.Long() + "."
}

// askedAbout is what something that was asked for is about, in the young person's words;
// empty for nothing special.
func askedAbout(a service.AskSeen) string {
	if a.Edition == nil {
		return ""
	}
	if i, ok := a.Edition.Indicator(a.Indicator); ok {
		text, _, _ := a.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		return text
	}
	if o, ok := a.Edition.Outcome(a.Outcome); ok {
		text, _, _ := a.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
		return text
	}
	return ""
}

// helpedWords are what a young person says of a reply.
func helpedWords(p service.AsksPage, helped conversation.Helped) string {
	if helped == "" {
		return "They have not said whether it helped."
	}
	return "Did it help? “" + p.English.Say("helped."+string(helped)) + "”"
}

func (s *Server) stepLine(p service.AsksPage, step service.StepSeen) stepLine {
	line := stepLine{Words: writtenIn(step.Words, step.Language), Late: step.Late, Note: orWords(p.Names[step.Does], "Nobody works with them: a manager") + " does it"}
	switch {
	case step.DoneOn.Known():
		line.Note = "Done on " + step.DoneOn.Long() + ", by " + orWords(p.Names[step.Does], "somebody")
	case step.Late:
		line.Note += ". Late: it was to be done by " + step.By.Long()
	case step.By.Known():
		line.Note += " by " + step.By.Long()
	}
	if step.Asked {
		line.Note += ". In the words in which they asked for it"
	}
	if !p.MayAnswer || step.DoneOn.Known() {
		return line
	}
	act := recordPath(p.Head.Record) + "/plan/" + step.ID
	about := "a step of the plan that was added on " + s.day(step.AddedAt).Long()
	line.Done = ui.PostButton{Action: act + "/done", Text: "It is done", About: about, Classes: ui.Secondary}
	line.End = ui.PostButton{Action: act + "/end", Text: "Take it off the plan", About: about, AsLink: true}
	return line
}

// stepForm puts a step on the plan.
type stepForm struct {
	ID, Action string
	Open       bool // something was wrong with it
	Words      ui.Textarea
	Language   ui.Select
	Owner      ui.Select
	By         ui.DateInput
}

func newStepForm(p service.AsksPage, form filled) *stepForm {
	values, wrong := form.values, form.wrong
	f := &stepForm{ID: values.Get("id"), Action: recordPath(p.Head.Record) + "/plan", Open: len(wrong) > 0,
		Words:    ownWordsInput("What will be done", "The young person reads this as you write it: short sentences, no abbreviations.", values, wrong),
		Language: languageSelect(p, values, wrong),
		Owner:    ui.Select{Name: "owner", Label: ui.Label{Text: "Who does it"}, Value: values.Get("owner"), Error: errorAt(wrong, "owner")},
		By:       dayInput("by", "By when", "Leave it empty where there is no day. For example, 27 3 2026", values, errorAt(wrong, "by")),
	}
	for _, w := range p.Workers {
		f.Owner.Items = append(f.Owner.Items, ui.Option{Value: w.Account, Text: w.Name})
	}
	return f
}

// ownWordsInput asks for words that a young person will read.
func ownWordsInput(label, hint string, values url.Values, wrong service.Invalid) ui.Textarea {
	return ui.Textarea{Name: "words", Label: ui.Label{Text: label}, Hint: hint, Value: values.Get("words"), Error: errorAt(wrong, "words"), Rows: 4, Dir: "auto", Autocomplete: "off"}
}

// languageSelect asks in which language such words are. That of the young person is
// marked: their page says where words are in another.
func languageSelect(p service.AsksPage, values url.Values, wrong service.Invalid) ui.Select {
	list := ui.Select{Name: "language", Label: ui.Label{Text: "Language of your words"}, Hint: "Where their page is in another one, it says so beside your words.", Value: values.Get("language"), Error: errorAt(wrong, "language")}
	for _, tag := range locale.Tags {
		of, ok := locale.Of(tag)
		if !ok {
			continue
		}
		text := of.BothNames()
		if tag == p.Young.Tag {
			text += " (their page is in it)"
		}
		list.Items = append(list.Items, ui.Option{Value: tag, Text: text})
	}
	return list
}

func (s *Server) addStep(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	by, wrong := readBy(values)
	err = s.service.AddPlanStep(r.Context(), v.actor, record, service.NewStep{ID: id.Known(values.Get("id")), Words: values.Get("words"), Language: values.Get("language"), Owner: values.Get("owner"), By: by, Wrong: wrong})
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, asksPath(record), filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(asksPath(record), "step"), nil
}

// readBy reads the day by which something is done; unknown where there is none.
func readBy(values url.Values) (date.Date, service.Invalid) {
	day := ui.DateInput{ID: "by", NamePrefix: "by"}
	by, ok := day.Read(values, "the day")
	if !ok {
		return "", service.Invalid{{Field: "by", Message: day.Error}}
	}
	return by, nil
}

func (s *Server) finishStep(r *http.Request, v *visit) (answer, error) {
	return s.afterStep(r, s.service.FinishPlanStep(r.Context(), v.actor, r.PathValue("record"), r.PathValue("step")), "step-done")
}

func (s *Server) endStep(r *http.Request, v *visit) (answer, error) {
	return s.afterStep(r, s.service.EndPlanStep(r.Context(), v.actor, r.PathValue("record"), r.PathValue("step")), "step-off")
}

func (s *Server) afterStep(r *http.Request, err error, done string) (answer, error) {
	if err != nil {
		return nil, err
	}
	return s.done(asksPath(r.PathValue("record")), done), nil
}
