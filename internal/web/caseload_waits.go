package web

import (
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// waitsView is what waits now for whoever opens their first page.
type waitsView struct {
	Lines []waitView
	Empty string
}

// waitView is one line: who, what, since when, and why it is here.
type waitView struct {
	Who   ui.Link
	About string // read out after Who, to tell links apart
	Name  string
	What  string
	Why   string
	Bar   bool // changes today's work
}

// waitsEach is how many young people are named for one reason; the others are one link away.
const waitsEach = 3

const waitsEmpty = "Nothing waits: nobody is missing, everything that was asked for is answered, no decision is later than is usual, and everybody was talked with in the last six months."

func waitsOf(list service.Caseload, today date.Date) *waitsView {
	view := &waitsView{Empty: waitsEmpty}
	count := map[string]int{}
	for _, w := range list.Waits {
		count[w.Kind]++
	}
	shown := map[string]int{}
	for _, w := range list.Waits {
		if shown[w.Kind]++; shown[w.Kind] <= waitsEach {
			view.Lines = append(view.Lines, waitLine(w, today))
		} else if shown[w.Kind] == waitsEach+1 {
			more := count[w.Kind] - waitsEach
			view.Lines = append(view.Lines, waitView{Who: ui.Link{Text: ui.Count(more, "more", "more"), Href: ordered("/caseload", service.ByName, w.Kind)},
				About: showWords(w.Kind), What: upper(showWords(w.Kind))})
		}
	}
	if list.NoWorker > 0 {
		view.Lines = append(view.Lines, waitView{Who: ui.Link{Text: ui.Count(list.NoWorker, "young person", "young people"), Href: ordered("/caseload", service.ByName, service.ShowNoWorker)},
			What: "Without a worker", Why: "Only managers can open these records: allocate them to somebody."})
	}
	if list.Matches > 0 {
		view.Lines = append(view.Lines, waitView{Who: ui.Link{Text: ui.Count(list.Matches, "likely match", "likely matches"), Href: "/matches"},
			What: "Waiting since " + list.MatchesSince.Long(), Why: "Two records may be one young person: somebody has to decide."})
	}
	return view
}

func waitLine(w service.Wait, today date.Date) waitView {
	line := waitView{Who: ui.Link{Text: w.Row.Reference, Href: recordPath(w.Row.Record)}, Name: w.Row.Name}
	switch w.Kind {
	case service.ShowMissing:
		line.What, line.Why, line.Bar = "Missing since "+w.Since.Long(), "The latest return names no day on which they were found.", true
	case service.ShowAsks:
		line.Who.Href += partAsks
		line.What, line.Why, line.Bar = askedWords(w.Row.Asks), askDueWords(w.Row.Asks, today), w.Row.Asks.DueOn < today
	case service.ShowLong:
		line.What = upper(w.Row.Clock) + ", since " + w.Since.Long()
		line.Why = longWhy(w.Row)
	default:
		line.What = "No conversation since " + w.Since.Long()
		line.Why = "The last one is more than six months ago."
		if !w.Row.LastTalk.Known() {
			line.What, line.Why = "No conversation yet; known here since "+w.Since.Long(), "Nobody has asked them how they are."
		}
	}
	return line
}

// longWhy says what the usual time is that has passed.
func longWhy(row service.CaseloadRow) string {
	if strings.HasSuffix(row.Clock, "conclusive grounds") {
		return "More than a year. There is no target: ask the competent authority how it stands."
	}
	return "Longer than is aimed at: 5 working days, or 45 days in the devolved pilot."
}

// askedWords say what a young person waits for, without telling it: the caseload is often
// on a screen that others see.
func askedWords(w service.AskWait) string {
	if w.N == 1 {
		return "Asked for something on " + w.AskedOn.Long()
	}
	return "Asked for " + ui.Count(w.N, "thing", "things") + " that nobody has answered, one of them on " + w.AskedOn.Long()
}

// askDueWords say who answers, and by when.
func askDueWords(w service.AskWait, today date.Date) string {
	who := orWords(w.Answers, "Nobody works with them: a manager")
	if w.Mine {
		who = "You"
	}
	if w.DueOn < today {
		return "Late: the answer was due by " + w.DueOn.Long() + ". " + who + answers(w.Mine) + "."
	}
	return who + answers(w.Mine) + " by " + w.DueOn.Long() + "."
}

func answers(mine bool) string {
	if mine {
		return " answer"
	}
	return " answers"
}
