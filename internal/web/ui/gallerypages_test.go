package ui_test

import (
	"fmt"
	"html/template"
	"net/http"
	"testing"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/web/drawings"
	"stablefutures/internal/web/ui"
)

func galleryPages(t *testing.T) map[string]showPage {
	return map[string]showPage{
		"outcomes": outcomesPage(t), "overview": overviewPage(t), "caseload": caseloadPage, "empty": emptyPage,
		"record": recordPage, "form": formPage(false), "form-errors": formPage(true), "rtl": rtlPage,
		"young": youngPage, "cards": cardsPage,
	}
}

var words = chart.Words{Answers: [5]string{"Not at all", "A little", "Sometimes", "Mostly", "Yes, fully"}}

// days are the conversations of the gallery's young person.
var days = []date.Date{"2025-03-04", "2025-07-01", "2025-11-11", "2026-03-17", "2026-07-21", "2026-11-03"}

// series makes points from one letter a conversation: 1–5, w(ouldn't say),
// k(new not), n(ot my life), space for nothing.
func series(letters string) []chart.Point {
	var points []chart.Point
	for i, letter := range letters {
		p := chart.Point{Day: days[i], State: conversation.Answered}
		switch letter {
		case ' ':
			continue
		case 'w':
			p.State = conversation.DoesNotWantToSay
		case 'k':
			p.State = conversation.DoesNotKnow
		case 'n':
			p.State = conversation.NotPartOfMyLife
		default:
			p.Value = int(letter - '0')
		}
		points = append(points, p)
	}
	return points
}

type outcomeRow struct {
	Title, Words, Barrier, Young, Worker string
	Chart                                template.HTML
}

func outcomesPage(t *testing.T) showPage {
	html := must(t)
	rows := []outcomeRow{
		{Title: "I have a home that suits me and feels safe", Words: "It is quiet. I can lock my door.", Young: "Yes, fully", Worker: "Mostly"},
		{Title: "Someone independent is on my side", Words: "She is kind but she changes.", Barrier: "Voices are 2 steps apart", Young: "Sometimes", Worker: "Yes, fully"},
		{Title: "Immigration decisions come in good time", Words: "Still waiting.", Barrier: "Barrier: Home Office, 412 days", Young: "Not at all", Worker: "Not at all"},
		{Title: "I have a say in my plan", Barrier: "Only the worker has spoken", Young: "Not talked about yet", Worker: "Mostly"},
	}
	paths := [][2]string{{"223445", "3 444 "}, {"k 3333", "4 5555"}, {"11w111", "2 2k11"}, {"", "  44 4"}}
	for i := range rows {
		rows[i].Chart = html(chart.Path(chart.PathChart{
			ID: fmt.Sprintf("path-%d", i), Title: rows[i].Title, Young: series(paths[i][0]), Worker: series(paths[i][1]),
			From: days[0], To: days[5], Months: i == 3, Words: words,
		}))
	}
	data := struct {
		Key, YoungSign, WorkerSign template.HTML
		Rows                       []outcomeRow
	}{html(chart.PathKey(words)), html(chart.SignYoung.Draw()), html(chart.SignWorker.Draw()), rows}
	return func(v *ui.Views, w http.ResponseWriter) error {
		page := staff("What K7P4-TM says, and what we say", "6 conversations since March 2025, the last on 3 November 2026, in Tigrinya with an interpreter. Talked about: 14 of 25 outcomes. There is no total, on purpose.")
		page.Breadcrumbs = []ui.Crumb{{Text: "Caseload", Href: "/caseload"}, {Text: "K7P4-TM"}}
		return v.Page(w, http.StatusOK, page, "outcomes", data)
	}
}

func overviewPage(t *testing.T) showPage {
	html := must(t)
	bar := func(id string, counts ...chart.Count) ui.Cell {
		b := chart.SpreadBar{ID: id, Title: "How answers are spread", Words: words}
		copy(b.Counts[:], counts)
		return ui.Cell{HTML: html(chart.Spread(b))}
	}
	n := func(n int) chart.Count { return chart.Count{N: n} }
	kept := chart.Count{Kept: true}
	table := ui.Table{
		Caption: "Outcomes, in the order of the framework", CaptionClasses: "govuk-visually-hidden", FirstIsHeader: true, Region: "Outcomes",
		Head: []ui.Header{{Text: "Outcome"}, {Text: "Now"}, {Text: "Spoke"}, {Text: "Since their first"}, {Text: "Voices apart", Numeric: true}},
		Rows: [][]ui.Cell{
			{{Text: "Feels safe", Href: "/1"}, bar("b1", n(3), n(6), n(9), n(11), n(8)), {Text: "37 of 61"}, {Text: "14 up · 17 same · 6 down"}, {Text: "7", Numeric: true}},
			{{Text: "Decisions in good time", Href: "/2"}, bar("b2", n(17), n(8), n(5), n(1), n(0)), {Text: "31 of 61"}, {Text: "3 up · 19 same · 9 down"}, {Text: "2", Numeric: true}},
			{{Text: "Told in own language", Href: "/3"}, bar("b3", kept, n(6), n(10), n(11), kept), {Text: "36 of 61"}, {Text: "c"}, {Text: "6", Numeric: true}},
			{{Text: "Has friends", Href: "/4"}, {HTML: "<em>Only 8 spoke: too few to say</em>"}, {Text: "8 of 61"}, {}, {}},
		},
	}
	data := struct {
		Bar       ui.Bar
		Facts     ui.Facts
		SpreadKey template.HTML
		Table     ui.Table
	}{
		ui.Bar{Strong: "Exact numbers, for you only.", Text: "Do not pass them on.", Link: &ui.Link{Text: "As published", Href: "/p"}},
		ui.Facts{Items: []ui.Fact{{"61", "identified", "of 912 looked after"}, {"23", "suspected, not referred", ""}, {"19", "went missing", "of the 61; 88 times"}, {"41", "had a conversation", "of the 61, in the last 6 months"}}},
		html(chart.SpreadKey(words)), table,
	}
	return func(v *ui.Views, w http.ResponseWriter) error {
		return v.Page(w, http.StatusOK, staff("How many, and how are they", "Year to 31 March 2026 · from SSDA903 read on 2 April, the register as of today"), "overview", data)
	}
}

type caseload struct {
	Filter ui.Filter
	Table  ui.Table
	Pages  ui.Pagination
}

func caseloadOf(rows [][]ui.Cell) caseload {
	return caseload{
		ui.Filter{ID: "find", Name: "q", Label: "Find by reference or name", Action: "/caseload", Target: "cases"},
		ui.Table{ID: "cases", Caption: ui.Count(len(rows), "young person", "young people") + ", by last conversation", CaptionClasses: "govuk-table__caption--m", FirstIsHeader: true, Stack: true,
			Head:  []ui.Header{{Text: "Young person", Href: "?sort=name"}, {Text: "Last conversation", Href: "?sort=last", Sorted: "descending"}, {Text: "Talked about"}, {Text: "NRM"}, {Text: "Actions", Hidden: true}},
			Rows:  rows,
			Empty: "Nobody has been allocated to you yet. Your manager allocates young people."},
		ui.Pagination{Previous: &ui.Step{Href: "?before", Text: "Newer"}, Next: &ui.Step{Href: "?after", Text: "Older", Label: "before 3 March 2026"}},
	}
}

func caseloadPage(v *ui.Views, w http.ResponseWriter) error {
	rows := [][]ui.Cell{
		{{Text: "K7P4-TM", Href: "/r/1", Note: "Selam H., 16"}, {Text: "3 Nov 2026"}, {Text: "14 of 25"}, {Text: "waiting 212 days for conclusive grounds"}, {Text: "Start a conversation", Href: "/c/1"}},
		{{Text: "R3XW-9C", Href: "/r/2", Note: "Duc N., 17"}, {Text: "none yet"}, {Text: "0 of 25"}, {Text: "not referred"}, {Text: "Start a conversation", Href: "/c/2"}},
	}
	page := staff("Who you work with", "")
	page.Notices = []ui.Component{ui.Notice{Success: true, Text: "The register entry is kept."}}
	return v.Page(w, http.StatusOK, page, "caseload", caseloadOf(rows))
}

func emptyPage(v *ui.Views, w http.ResponseWriter) error {
	c := caseloadOf(nil)
	c.Pages = ui.Pagination{}
	return v.Page(w, http.StatusOK, staff("Who you work with", ""), "caseload", c)
}

func recordPage(v *ui.Views, w http.ResponseWriter) error {
	page := staff("Selam H., K7P4-TM", "16 · Tigrinya with an interpreter · lead worker R. Okafor")
	page.Title = "Record"
	page.Tabs = &ui.Tabs{Label: "Parts of this record", Items: []ui.Tab{{Text: "Now", Href: "/a", Current: true}, {Text: "Outcomes", Href: "/b"}, {Text: "Register", Href: "/c"}, {Text: "Who can see this", Href: "/d"}}}
	return v.Page(w, http.StatusOK, page, "record", struct {
		Bar     ui.Bar
		Summary ui.SummaryList
		Details ui.Details
		Inset   ui.InsetText
		Tag     ui.Tag
	}{
		ui.Bar{Strong: "Missing since 2 November.", Text: "Last seen at school."},
		ui.SummaryList{Rows: []ui.SummaryRow{
			{Key: "NRM referral", Value: "4 March 2026", Note: "Register, entered by R. Okafor on 5 March 2026", Actions: []ui.Action{{Text: "Change", About: "NRM referral", Href: "/ch"}, {Text: "History", About: "of NRM referral", Href: "/h"}}},
			{Key: "Looked after since", Value: "11 January 2026", Note: "SSDA903, year ending 31 March 2026"},
		}},
		ui.Details{Summary: "Where this comes from", Text: "Annex A list 6, read on 2 April 2026."},
		ui.InsetText{Text: "It is not safe to contact this young person by phone."},
		ui.Tag{Text: "Suspected, not referred"},
	})
}

func formPage(wrong bool) showPage {
	return func(v *ui.Views, w http.ResponseWriter) error {
		page := staff("Add a register entry", "")
		page.Back = &ui.Link{Href: "/record"}
		if wrong {
			page.Errors = &ui.ErrorSummary{}
			page.Errors.Add("#name", "Enter a name")
			page.Errors.Add("#ref-day", "February 2026 has no day 30")
		}
		return v.Page(w, http.StatusOK, page, "form", fields(wrong))
	}
}

func fields(wrong bool) []ui.Component {
	say := func(text string) string {
		if wrong {
			return text
		}
		return ""
	}
	items := []ui.Choice{{Value: "labour", Text: "Labour"}, {Value: "criminal", Text: "Criminal", Hint: "County lines are flagged apart"}, {Divider: "or"}, {Value: "none", Text: "Not known", Exclusive: true}}
	return []ui.Component{
		ui.TextInput{Name: "name", Label: ui.Label{Text: "Name"}, Hint: "As the young person says it", Classes: ui.Width20, Error: say("Enter a name")},
		ui.PasswordInput{Name: "password", Label: ui.Label{Text: "Password"}},
		ui.DateInput{ID: "ref", NamePrefix: "ref", Legend: ui.Legend{Text: "Date of the referral"}, Hint: "For example, 27 3 2026", Day: "30", Month: "2", Year: "2026", Error: say("February 2026 has no day 30"), Wrong: []string{"day"}},
		ui.Radios{Name: "stage", Legend: ui.Legend{Text: "Stage"}, Value: "rg", Items: []ui.Choice{{Value: "rg", Text: "Reasonable grounds"}, {Value: "cg", Text: "Conclusive grounds", Conditional: "<p class=\"govuk-body\">Enter the day above.</p>"}}, Error: say("Choose a stage")},
		ui.Checkboxes{Name: "kind", Legend: ui.Legend{Text: "Kinds of exploitation"}, Hint: "All that apply", Items: items},
		ui.Select{Name: "country", Label: ui.Label{Text: "Country"}, Items: []ui.Option{{Value: "", Text: "Choose"}, {Value: "er", Text: "Eritrea"}}, Error: say("Choose a country")},
		ui.Textarea{Name: "words", Label: ui.Label{Text: "In the young person’s words"}, Dir: "auto", Error: say("Say a little more")},
		ui.FileUpload{Name: "file", Label: ui.Label{Text: "Files"}, Multiple: true, Enhanced: true, Error: say("Choose a file")},
		ui.WarningText{Text: "This cannot be undone."},
		ui.Kept{},
		ui.Button{Text: "Keep and go on"},
		ui.Button{Text: "Back to the record", Href: "/record", Classes: ui.Secondary},
	}
}

func rtlPage(v *ui.Views, w http.ResponseWriter) error {
	page := staff("ماذا نقول، وماذا تقول", "")
	page.Lang, page.Dir = "ar", "rtl"
	page.Breadcrumbs = []ui.Crumb{{Text: "Caseload", Href: "/caseload"}, {Text: "K7P4-TM"}}
	page.Tabs = &ui.Tabs{Label: "Parts", Items: []ui.Tab{{Text: "الآن", Href: "/a", Current: true}, {Text: "النتائج", Href: "/b"}}}
	return v.Page(w, http.StatusOK, page, "form", fields(true))
}

func youngPage(v *ui.Views, w http.ResponseWriter) error {
	page := ui.YoungPage{Back: &ui.Link{Href: "/cards"}, Leave: &ui.Link{Href: "https://example.org/"}, Foot: &ui.Link{Text: "I am not safe", Href: "/not-safe"}}
	return v.Young(w, http.StatusOK, page, "young", struct {
		Answers ui.Answers
		Kept    ui.Kept
		Next    ui.Button
	}{
		ui.Answers{Name: "answer", Legend: "I feel safe in my home", Value: "4",
			Items:  []ui.Answer{{"5", "Yes", 5}, {"4", "Mostly", 4}, {"3", "Sometimes", 3}, {"2", "A little", 2}, {"1", "No, not at all", 1}},
			States: []ui.Answer{{"w", "I don’t want to say", 0}, {"k", "I don’t know", 0}, {"n", "Not my life", 0}}},
		ui.Kept{Already: true}, ui.Button{Text: "Next"},
	})
}

// cardsPage shows a card of words alone, and every drawing with its name.
func cardsPage(v *ui.Views, w http.ResponseWriter) error {
	cards := ui.Cards{Items: []ui.Card{{Href: "/1", Text: "I feel safe", Mark: "Talked about today"}, {Href: "/2", Text: "Friends"}}}
	for _, d := range drawings.All() {
		cards.Items = append(cards.Items, ui.Card{Href: "/" + d.Name, Text: d.Shows, Drawing: d.Image})
	}
	return v.Young(w, http.StatusOK, ui.YoungPage{Back: &ui.Link{Href: "/"}}, "cards", cards)
}
