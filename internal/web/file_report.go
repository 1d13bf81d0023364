package web

import (
	"fmt"
	"slices"

	"stablefutures/internal/care"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/returns"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// fileView is what came of one table of one file.
type fileView struct {
	Title    string
	Facts    ui.SummaryList
	Problems ui.Table // one line a reason
	ReadAs   ui.Table
}

// howYear says how the year of a return was told, where nobody said it.
var howYear = map[string]string{
	service.YearDates:    "told from the days in the files",
	service.YearLast:     "taken as the year that was read last: read the file again with the year if it is another",
	service.YearComplete: "taken as the last complete year: read the file again with the year if it is another",
	service.YearFile:     "named by the file",
	service.YearSaid:     "named by whoever read the file",
}

func fileReport(f service.FileReport) fileView {
	view := fileView{Title: orWords(f.Name, "(without a name)"), Problems: problemsTable(f.Problems), ReadAs: readAsTable(f.ReadAs)}
	if f.Sheet != "" {
		view.Title += ", sheet " + f.Sheet
	}
	year := ui.SummaryRow{Key: "Year", Value: "has none"}
	if f.YearEnding.Known() {
		year.Value, year.Note = "to "+f.YearEnding.Long(), howYear[f.YearFrom]
	}
	if notUsed(f) {
		view.Facts.Rows = []ui.SummaryRow{{Key: "Taken for", Value: care.ReturnLabel(f.Kind)},
			{Key: "What becomes of it", Value: "Recognised and not used: " + ui.Count(f.RowsRead, "row was", "rows were") + " counted, and nothing else. There is nothing to mend."}}
		view.Problems, view.ReadAs = ui.Table{}, ui.Table{}
		return view
	}
	change := fmt.Sprintf("%s added, %s changed, %s no longer there, %s as before", ui.Number(f.Added), ui.Number(f.Changed), ui.Number(f.Gone), ui.Number(f.Same))
	if f.Unchanged {
		change = "Nothing: all of it is there already"
	}
	view.Facts.Rows = []ui.SummaryRow{
		{Key: "Taken for", Value: care.ReturnLabel(f.Kind)}, year,
		{Key: "Rows", Value: fmt.Sprintf("%s read, %s taken, %s set aside", ui.Number(f.RowsRead), ui.Number(f.RowsTaken), ui.Number(f.RowsSetAside))},
		{Key: "What changes", Value: change},
	}
	return view
}

// problemsTable groups problems by their reason, with one example each.
func problemsTable(list []returns.Problem) ui.Table {
	table := ui.Table{Caption: ui.Count(len(list), "cell or row", "cells and rows") + " to look at, by reason", Stack: true,
		Head:  []ui.Header{{Text: "For example"}, {Text: "Where"}, {Text: "What became of it"}, {Text: "Times", Numeric: true}},
		Empty: "Every row could be taken as it stands."}
	for _, reason := range returns.ByReason(list) {
		p := reason.First
		table.Rows = append(table.Rows, []ui.Cell{{Text: p.Message}, {Text: placeOf(p)}, {Text: fate(p)}, {Text: ui.Number(reason.Count), Numeric: true}})
	}
	return table
}

// listNotUsed is the code by which a reader tells of a list that it knows and does not use.
const listNotUsed = "list-not-used"

// notUsed tells whether a table was recognised and is not used.
func notUsed(f service.FileReport) bool {
	return slices.ContainsFunc(f.Problems, func(p returns.Problem) bool { return p.Code == listNotUsed })
}

func fate(p returns.Problem) string {
	switch {
	case p.Code == listNotUsed:
		return "the list is recognised and not used"
	case p.SetAside:
		return "the row is set aside"
	case p.Row == 0:
		return "it is told once for the whole table"
	}
	return "the row is taken, this cell is left blank or noted"
}

func placeOf(p returns.Problem) string {
	text := "the table"
	if p.Row > 0 {
		text = "row " + ui.Number(p.Row)
	}
	if p.Column != "" {
		text += ", column " + p.Column
	}
	if p.Sheet != "" {
		text = "sheet " + p.Sheet + ", " + text
	}
	return text
}

func readAsTable(list []returns.ReadAs) ui.Table {
	table := ui.Table{Caption: ui.Count(len(list), "value was read as something else than it says", "values were read as something else than they say"), Stack: true,
		Head:  []ui.Header{{Text: "Column"}, {Text: "In the file"}, {Text: "Read as"}, {Text: "Times", Numeric: true}},
		Empty: "Every value was read as it stands."}
	for _, v := range list {
		table.Rows = append(table.Rows, []ui.Cell{{Text: v.Column}, {Text: orWords(v.Observed, "(empty)")}, {Text: orWords(v.TakenAs, "(empty)")}, {Text: ui.Number(v.Count), Numeric: true}})
	}
	return table
}

// problemsBook is every problem of a report, for whoever puts the file right.
func problemsBook(files []service.FileReport) sheet.Book {
	t := sheet.Table{Name: "Problems", Head: []string{"file", "taken for", "sheet", "row", "column", "code", "what to do", "the row"}}
	for _, f := range files {
		for _, p := range f.Problems {
			t.Rows = append(t.Rows, []any{f.Name, f.Kind, orWords(p.Sheet, f.Sheet), p.Row, p.Column, p.Code, p.Message, fate(p)})
		}
	}
	return sheet.Book{Tables: []sheet.Table{t}}
}
