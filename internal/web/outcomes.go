package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// outcomesView is what a young person says and what workers say, outcome by
// outcome. There is no total, on purpose.
type outcomesView struct {
	Key      template.HTML // Safety: drawn by package chart
	Sections []outcomeSection
	Table    *ui.Table // instead of the sections
	Other    ui.Link   // the same as a table, or as charts
	Editions []ui.Link
}

type outcomeSection struct {
	ID, Title string
	Rows      []outcomeRow
}

// outcomeRow is one outcome or one indicator.
type outcomeRow struct {
	Title string
	Href  string
	Words string
	Notes []string // what sets the two voices apart
	Chart template.HTML
	Now   []voiceLine
}

func (s *Server) showOutcomes(r *http.Request, v *visit) (answer, error) {
	edition := r.URL.Query().Get("edition")
	out, err := s.service.Outcomes(r.Context(), v.actor, r.PathValue("record"), edition)
	if err != nil {
		return nil, err
	}
	view := outcomesView{}
	if view.Key, err = chart.PathKey(chartWords(out.Edition)); err != nil {
		return nil, err
	}
	path := recordPath(out.Head.Record) + partOutcomes
	if r.URL.Query().Has("table") {
		table := outcomesTable(out, edition)
		view.Table, view.Other = &table, ui.Link{Text: "Show as charts", Href: withEdition(path, edition)}
	} else {
		view.Other = ui.Link{Text: "Show as a table", Href: withTable(path, edition)}
		if view.Sections, err = outcomeSections(out, path, edition); err != nil {
			return nil, err
		}
	}
	for _, e := range out.Others {
		title, _, _ := e.In(e.Title, pageLanguage)
		view.Editions = append(view.Editions, ui.Link{Text: title + " (" + e.ID + ")", Href: withEdition(path, e.ID)})
	}
	page := recordPage(out.Head, partOutcomes, "Outcomes", "What "+out.Head.Reference+" says, and what we say")
	page.Lead = outcomesLead(out)
	page.Edition = editionNotice(out.Edition)
	return s.page(v, page, "outcomes", view), nil
}

func withEdition(path, edition string) string {
	if edition == "" {
		return path
	}
	return path + "?edition=" + edition
}

func withTable(path, edition string) string {
	if edition == "" {
		return path + "?table"
	}
	return path + "?edition=" + edition + "&table"
}

// outcomesLead says how much was talked about, and how.
func outcomesLead(out service.OutcomesView) string {
	const purpose = " A row is the middle of what was said on its questions; open it for each of them. There is no total, on purpose."
	if len(out.Talks) == 0 {
		return "No conversation yet." + purpose
	}
	last, first := out.Talks[0], out.Talks[len(out.Talks)-1]
	text := fmt.Sprintf("%s since %s, the last on %s", ui.Count(len(out.Talks), "conversation", "conversations"), first.HeldOn.Month(), last.HeldOn.Long())
	if last.Language != "" {
		text += ", in " + spoken(last.Language)
	}
	if last.Interpreter {
		text += " with an interpreter"
	}
	return text + ". Talked about: " + ui.Of(out.Talked, len(out.Edition.Outcomes())) + " outcomes." + purpose
}

func outcomeSections(out service.OutcomesView, path, edition string) ([]outcomeSection, error) {
	var list []outcomeSection
	for _, p := range out.Edition.Principles {
		title, _, _ := out.Edition.Text(p.Title, framework.Practitioner, pageLanguage)
		section := outcomeSection{ID: p.ID, Title: title}
		for n, o := range p.Outcomes {
			title, _, _ := out.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
			row, err := itemRow(out, o.ID, title, n == len(p.Outcomes)-1)
			if err != nil {
				return nil, err
			}
			row.Href = withEdition(path+"/"+o.ID, edition)
			section.Rows = append(section.Rows, row)
		}
		list = append(list, section)
	}
	return list, nil
}

// itemRow is the row of an outcome or an indicator. months writes the first and
// the last month under the chart, which the last row of a section does.
func itemRow(out service.OutcomesView, item, title string, months bool) (outcomeRow, error) {
	view := out.Rows[item]
	row := outcomeRow{Title: title, Words: view.Words, Notes: apartNotes(out, item)}
	var err error
	if len(view.Young)+len(view.Worker) > 0 {
		if row.Chart, err = chart.Path(pathChart(out, item, title, months)); err != nil {
			return row, err
		}
	}
	row.Now, err = standsNow(out, item)
	return row, err
}

func pathChart(out service.OutcomesView, item, title string, months bool) chart.PathChart {
	view, whole := out.Rows[item], isOutcome(out.Edition, item)
	return chart.PathChart{ID: "path-" + strings.ReplaceAll(item, ".", "-"), Title: title, Young: points(view.Young, whole), Worker: points(view.Worker, whole),
		From: out.From, To: out.To, Months: months, Words: chartWords(out.Edition)}
}

func isOutcome(e *framework.Edition, item string) bool {
	_, ok := e.Outcome(item)
	return ok
}

// points are what a chart draws: of an outcome the middle of each day; of an
// indicator every answer that stands, for two people may have written one down.
func points(path []conversation.Point, whole bool) []chart.Point {
	var list []chart.Point
	for _, p := range path {
		if whole || len(p.All) < 2 {
			list = append(list, chart.Point{Day: p.Day, State: p.State, Value: p.Value})
			continue
		}
		for _, value := range p.All {
			list = append(list, chart.Point{Day: p.Day, State: p.State, Value: value})
		}
	}
	return list
}

// chartWords are the edition's words for young people, which charts and their
// keys use for the answers of both voices; what is no answer is said of them.
func chartWords(e *framework.Edition) chart.Words {
	w := chart.Words{States: map[conversation.State]string{}}
	for i := range w.Answers {
		w.Answers[i] = e.AnswerText(i+1, framework.YoungPerson, pageLanguage)
	}
	for _, state := range conversation.States {
		if state != conversation.Answered {
			w.States[state] = e.StateText(string(state), framework.Practitioner, pageLanguage)
		}
	}
	return w
}

// apartNotes say in words what the two voices' difference is; the gap is itself
// a finding.
func apartNotes(out service.OutcomesView, item string) []string {
	v := out.Rows[item]
	switch {
	case v.Apart() && v.GapOn != "":
		i, _ := out.Edition.Indicator(v.GapOn)
		title, _, _ := out.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		return []string{"The voices are " + ui.Count(v.Gap, "step", "steps") + " apart on “" + title + "”"}
	case v.Apart():
		return []string{"The voices are " + ui.Count(v.Gap, "step", "steps") + " apart"}
	case v.WorkerSaid && !v.YoungSaid:
		return []string{"Only the worker has spoken"}
	}
	return nil
}

// audienceOf is who a voice's words are for: what a young person said stands in the
// words that they were shown.
func audienceOf(voice conversation.Voice) framework.Audience {
	if voice == conversation.Worker {
		return framework.Practitioner
	}
	return framework.YoungPerson
}

// standsNow are where each voice stands, in words; a state that came after an
// answer is said with the day of the answer.
func standsNow(out service.OutcomesView, item string) ([]voiceLine, error) {
	v := out.Rows[item]
	var lines []voiceLine
	for _, voice := range []struct {
		is   conversation.Voice
		now  conversation.Standing
		path []conversation.Point
	}{{conversation.YoungPerson, v.YoungNow, v.Young}, {conversation.Worker, v.WorkerNow, v.Worker}} {
		if len(voice.path) == 0 {
			if voice.is == conversation.YoungPerson {
				lines = append(lines, voiceLine{Voice: voice.is.Label(), Answer: out.Edition.StateText(string(conversation.NotTalkedAbout), framework.Practitioner, pageLanguage)})
			}
			continue
		}
		sign, err := signOf(voice.is, voice.now.State).Draw()
		if err != nil {
			return nil, err
		}
		line := voiceLine{Sign: sign, Voice: voice.is.Label(), Answer: standingWords(out.Edition, voice.is, voice.now)}
		if latest := voice.path[len(voice.path)-1]; len(latest.All) > 1 && !isOutcome(out.Edition, item) {
			line.Answer, line.Note = allWords(out.Edition, voice.is, latest.All), "two people wrote it down at the same time"
		}
		if voice.now.State != conversation.Answered && voice.now.LatestOn.Known() {
			line.Note = "before, on " + voice.now.LatestOn.Short() + ": " + out.Edition.AnswerText(voice.now.LatestValue, audienceOf(voice.is), pageLanguage)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// standingWords are where a voice stands now: its answer in its own words, or which
// of the states it is, as staff say it.
func standingWords(e *framework.Edition, voice conversation.Voice, now conversation.Standing) string {
	if now.State != conversation.Answered {
		return e.StateText(string(now.State), framework.Practitioner, pageLanguage)
	}
	return e.AnswerText(now.LatestValue, audienceOf(voice), pageLanguage)
}

func allWords(e *framework.Edition, voice conversation.Voice, values []int) string {
	var said []string
	for _, value := range values {
		said = append(said, e.AnswerText(value, audienceOf(voice), pageLanguage))
	}
	return strings.Join(said, " · ")
}

// outcomesTable is the same in words, to be read out and printed.
func outcomesTable(out service.OutcomesView, edition string) ui.Table {
	table := ui.Table{
		Caption: ui.Count(len(out.Edition.Outcomes()), "outcome", "outcomes") + ", in the order of the framework", CaptionClasses: "govuk-table__caption--m",
		FirstIsHeader: true, Region: "Outcomes as a table",
		Head: []ui.Header{{Text: "Outcome"}, {Text: "Young person, first"}, {Text: "Young person, latest"}, {Text: "Worker, latest"}, {Text: "Apart"}, {Text: "Last words"}},
	}
	for _, o := range out.Edition.Outcomes() {
		title, _, _ := out.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
		v := out.Rows[o.ID]
		apart := "–"
		if v.GapKnown {
			apart = ui.Count(v.Gap, "step", "steps")
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: title, Href: withEdition(recordPath(out.Head.Record)+partOutcomes+"/"+o.ID, edition)},
			{Text: firstWords(out.Edition, v.YoungNow)}, {Text: nowWords(out.Edition, conversation.YoungPerson, v.YoungNow, v.YoungSaid)},
			{Text: nowWords(out.Edition, conversation.Worker, v.WorkerNow, v.WorkerSaid)}, {Text: apart}, {Text: orWords(v.Words, "–")},
		})
	}
	return table
}

func firstWords(e *framework.Edition, now conversation.Standing) string {
	if !now.FirstOn.Known() {
		return "–"
	}
	return e.AnswerText(now.FirstValue, framework.YoungPerson, pageLanguage) + ", " + now.FirstOn.Short()
}

func nowWords(e *framework.Edition, voice conversation.Voice, now conversation.Standing, said bool) string {
	switch {
	case !said:
		return e.StateText(string(conversation.NotTalkedAbout), framework.Practitioner, pageLanguage)
	case now.State != conversation.Answered:
		return standingWords(e, voice, now) + ", " + now.StateOn.Short()
	}
	return standingWords(e, voice, now) + ", " + now.LatestOn.Short()
}
