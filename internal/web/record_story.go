package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// storyView is one timeline of what returns, the register and conversations say.
type storyView struct {
	Caption string
	Events  []eventView // the latest first, as many as are read at one look
	Earlier []eventView // the rest, folded under EarlierText
	Undated []eventView

	EarlierText string
}

// How many of the latest a reader sees before unfolding the rest: years of
// returns would push who the young person is off a phone.
const (
	latestEvents  = 12
	latestMissing = 5
)

// eventView is one thing that happened, with where it is known from.
type eventView struct {
	When    string
	What    string
	Sources []string
	Details []detailView
	More    *ui.Link // where all of it stands
}

type detailView struct{ Name, Value string }

// event is an eventView before it is put in order.
type event struct {
	on   date.Date
	view eventView
}

func (s *Server) story(r service.Record) storyView {
	events := slices.Concat(s.factEvents(r), s.registerEvents(r), talkEvents(r))
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(b.on, a.on) })
	view := storyView{Caption: ui.Count(len(events), "thing is known", "things are known") + ui.LatestFirst(len(events)) + "."}
	for _, e := range events {
		switch {
		case !e.on.Known():
			view.Undated = append(view.Undated, e.view)
		case len(view.Events) < latestEvents:
			view.Events = append(view.Events, e.view)
		default:
			view.Earlier = append(view.Earlier, e.view)
		}
	}
	if n := len(view.Earlier); n > 0 {
		view.EarlierText = "Before that: " + ui.Count(n, "thing", "things")
	}
	if len(events) == 0 {
		view.Caption = "Nothing is known yet: no return speaks of this young person, there is no register entry and no conversation."
	}
	return view
}

// factEvents are what the returns say. Two returns that say the same of the same
// day are one event with two sources; it is told as the later year has it.
func (s *Server) factEvents(r service.Record) []event {
	var events []event
	place := map[string]int{}
	facts := slices.Clone(r.Facts)
	slices.SortStableFunc(facts, func(a, b store.Fact) int { return cmp.Compare(b.YearEnding, a.YearEnding) })
	for _, f := range facts {
		if f.Kind == care.Person {
			continue // stands under who the young person is, with its sources
		}
		source, what := s.factSource(f, r), factWords(f)
		key := string(f.Kind) + "|" + string(f.Began) + "|" + what
		if n, ok := place[key]; ok {
			events[n].view.Sources = append(events[n].view.Sources, source)
			continue
		}
		place[key] = len(events)
		events = append(events, event{f.Began, eventView{When: when(f.Began, f.Ended), What: what, Sources: []string{source}, Details: details(f)}})
	}
	return events
}

// factWords is a fact in a few words. Counts of a year say nothing without their
// numbers, which a return gives as details.
func factWords(f store.Fact) string {
	if f.Kind != care.MissingInLastYear {
		return f.Words()
	}
	var counts []string
	for _, what := range []struct{ column, words string }{{"'missing'", "missing"}, {"'absent'", "absent"}} {
		for _, d := range f.Details {
			if n, err := strconv.Atoi(d.Value); err == nil && strings.Contains(strings.ToLower(d.Name), what.column) {
				counts = append(counts, what.words+" "+ui.Count(n, "time", "times"))
			}
		}
	}
	if len(counts) == 0 {
		return f.Words() + ": the return gives no number"
	}
	return "In the last 12 months " + strings.Join(counts, ", ")
}

// when says a day, or a time from one day to another.
func when(began, ended date.Date) string {
	switch {
	case !began.Known() && !ended.Known():
		return "No date"
	case !began.Known():
		return "Until " + ended.Long()
	case !ended.Known() || ended == began:
		return began.Long()
	}
	return began.Long() + " to " + ended.Long()
}

func details(f store.Fact) []detailView {
	var list []detailView
	for _, d := range f.Details {
		words := d.Words()
		if f.Kind == care.MissingInLastYear && isNumber(d.Value) {
			words = d.Value // a count, not a code
		}
		list = append(list, detailView{d.Label(), words})
	}
	return list
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// factSource says which return a fact stands in, where in the file, and when it
// was read.
func (s *Server) factSource(f store.Fact, r service.Record) string {
	parts := []string{care.ReturnLabel(f.ReturnKind) + yearWords(f.YearEnding)}
	if d, ok := r.Deliveries[f.Delivery]; ok {
		parts = append(parts, d.FileName+", row "+ui.Number(f.Row), "read on "+s.day(d.ReceivedAt).Long())
	}
	return strings.Join(parts, "; ")
}

// registerEvents are the days that the register names, each with what was
// decided or done on it; when the entry was changed stands on its own page.
func (s *Server) registerEvents(r service.Record) []event {
	var events []event
	for _, f := range register.Fields() {
		if f.Kind != register.Day {
			continue
		}
		for _, v := range latestEntries(r.Register) {
			on := v.Entry.Day(f.ID)
			if !on.Known() {
				continue
			}
			events = append(events, event{on, eventView{When: on.Long(), What: "Register: " + registerEvent(f, v.Entry), Sources: []string{s.versionSource(v, r)}}})
		}
	}
	return events
}

// registerEvent says what a day of the register is the day of.
func registerEvent(f register.Field, e register.Entry) string {
	switch f.ID {
	case register.FieldSuspectedOn:
		return "exploitation first suspected"
	case register.FieldReferredOn:
		return "referred to the NRM"
	case register.FieldReasonableGroundsOn:
		return "reasonable grounds: " + decision(e, register.FieldReasonableGrounds)
	case register.FieldConclusiveGroundsOn:
		return "conclusive grounds: " + decision(e, register.FieldConclusiveGrounds)
	case register.FieldClosedOn:
		return "NRM referral closed: " + lower(orWords(fieldWords(e, register.FieldClosedReason), "reason not recorded"))
	case register.FieldGuardianRequestedOn:
		return "guardian requested"
	case register.FieldGuardianAllocatedOn:
		return "guardian allocated"
	case register.FieldGuardianEndedOn:
		return "guardian ended"
	}
	return f.Label
}

func decision(e register.Entry, field string) string {
	return lower(orWords(fieldWords(e, field), "the decision is not recorded"))
}

// upper begins with a capital, to stand by itself.
func upper(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// lower begins with a small letter, to stand within a sentence.
func lower(text string) string {
	if text == "" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// latestEntries are the versions that hold now, one for each number that the
// young person has.
func latestEntries(versions []store.RegisterVersion) []store.RegisterVersion {
	latest := map[string]store.RegisterVersion{}
	for _, v := range versions {
		if v.Version > latest[v.Child].Version {
			latest[v.Child] = v
		}
	}
	var list []store.RegisterVersion
	for _, v := range latest {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b store.RegisterVersion) int { return cmp.Compare(a.Child, b.Child) })
	return list
}

func (s *Server) versionSource(v store.RegisterVersion, r service.Record) string {
	if v.Source == child.ByHand {
		return "Register, entered by " + orWords(r.Accounts[v.RecordedBy], "somebody") + " on " + s.day(v.RecordedAt).Long()
	}
	return "Our register file, read on " + s.day(v.RecordedAt).Long()
}

func talkEvents(r service.Record) []event {
	var events []event
	for _, t := range r.Talks {
		what := "Conversation"
		if t.Language != "" {
			what += " in " + spoken(t.Language)
		}
		if t.Interpreter {
			what += ", with an interpreter"
		}
		source := heldHow(t.How, r.Accounts[t.Account])
		events = append(events, event{t.HeldOn, eventView{When: t.HeldOn.Long(), What: what, Sources: []string{source},
			More: &ui.Link{Text: "What was said", Href: talkPath(t.ID) + "/said"}}})
	}
	return events
}

// missingView is the times that a young person was missing or away.
type missingView struct {
	Latest      ui.Table
	Earlier     ui.Table // the rest, folded under EarlierText
	EarlierText string
}

func (s *Server) missing(r service.Record) missingView {
	var rows [][]ui.Cell
	seen := map[string]bool{}
	for _, f := range r.Facts { // the latest first
		key := f.Code + string(f.Began) + string(f.Ended)
		if f.Kind != care.Missing || seen[key] {
			continue
		}
		seen[key] = true
		rows = append(rows, []ui.Cell{{Text: f.Began.Long()}, {Text: orWords(f.Ended.Long(), "not ended")}, {Text: f.Words()}, {Text: s.factSource(f, r)}})
	}
	shown := min(len(rows), latestMissing)
	view := missingView{Latest: missingTable(rows[:shown])}
	view.Latest.CaptionClasses = "govuk-table__caption--m"
	view.Latest.Caption = "Missing and away: " + ui.Count(len(rows), "time", "times") + ui.LatestFirst(len(rows))
	if earlier := rows[shown:]; len(earlier) > 0 {
		view.EarlierText = "Before that: " + ui.Count(len(earlier), "time", "times")
		view.Earlier = missingTable(earlier)
		view.Earlier.Caption, view.Earlier.CaptionClasses = view.EarlierText, "govuk-visually-hidden"
	}
	return view
}

func missingTable(rows [][]ui.Cell) ui.Table {
	return ui.Table{
		Head: []ui.Header{{Text: "From"}, {Text: "Until"}, {Text: "What"}, {Text: "Where this is known from"}}, Rows: rows, Stack: true,
		Name: "Missing and away", Empty: "No return speaks of a time when this young person was missing or away.",
	}
}
