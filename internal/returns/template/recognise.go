package template

import (
	"fmt"
	"strconv"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/table"
)

// otherHeaders are other headers under which the child's own columns go, folded.
var otherHeaders = map[string]string{
	"child": colChild, "childuniqueid": colChild, "lachildid": colChild, "dob": colBirth, "birthdate": colBirth,
	"ethnic": colEthnicity, "said": colSaidOn, "date": colSaidOn, "dayofconversation": colSaidOn, "reading": colAnswer, "help": colHelpedBy,
}

// needed are the columns by which each template is told.
var needed = map[table.Kind][]string{
	Register: {colChild, "state"},
	Readings: {colChild, colIndicator, colAnswer},
}

// Recognise tells which template a header belongs to. Headers are read without
// regard to case, spaces and punctuation; a column's id will do as well. The
// sheet of help is never taken for a template.
func Recognise(sheetName string, header []string) (table.Kind, bool) {
	if fold(sheetName) == fold(HelpSheet) {
		return "", false
	}
	for _, kind := range []table.Kind{Readings, Register} {
		have := map[string]bool{}
		names := index(columnsOf(kind))
		matched := 0
		for _, name := range header {
			if id, ok := names[fold(name)]; ok && !have[id] {
				have[id] = true
				matched++
			}
		}
		all := matched > len(needed[kind])
		for _, id := range needed[kind] {
			all = all && have[id]
		}
		if all {
			return kind, true
		}
	}
	return "", false
}

// columnsOf are the columns of a template; what the editions allow does not
// matter for reading them.
func columnsOf(kind table.Kind) []column {
	if kind == Register {
		return registerColumns()
	}
	return readingsColumns(nil)
}

// index finds a column's id by its folded header.
func index(columns []column) map[string]string {
	names := map[string]string{}
	for _, c := range columns {
		names[fold(c.id)], names[fold(c.label)] = c.id, c.id
	}
	for name, id := range otherHeaders {
		if _, taken := names[name]; !taken && names[fold(id)] != "" {
			names[name] = id
		}
	}
	return names
}

// sheetReader reads cells of a row by the column's id, and tells what it made of
// them.
type sheetReader struct {
	out    *table.Table
	where  map[string]int    // column id to place in the row
	names  map[string]string // column id to the file's own header
	readAs map[table.ReadAs]int
	number int
	cells  []string
}

// maxUnknown is how many columns that are not the template's are told one by one.
const maxUnknown = 20

func newSheetReader(out *table.Table, header []string) *sheetReader {
	r := &sheetReader{out: out, where: map[string]int{}, names: map[string]string{}, readAs: map[table.ReadAs]int{}}
	names := index(columnsOf(out.Kind))
	unknown := 0
	for at, name := range header {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF"))
		id, ok := names[fold(name)]
		_, twice := r.where[id]
		switch {
		case name == "":
		case !ok:
			if unknown++; unknown <= maxUnknown {
				r.tellColumn(name, "unknown-column", "The template has no such column: it is left out.")
			}
		case twice:
			r.tellColumn(name, "column-twice", "The column stands in the table twice: the first is read and this one left out.")
		default:
			r.where[id], r.names[id] = at, name
		}
	}
	if unknown > maxUnknown {
		r.tellColumn("", "unknown-column", fmt.Sprintf("%d more columns are not of the template: they are left out.", unknown-maxUnknown))
	}
	return r
}

func (r *sheetReader) tellColumn(name, code, message string) {
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:60])
	}
	r.out.Problems = append(r.out.Problems, table.Problem{Sheet: r.out.Sheet, Column: name, Code: code, Message: message})
}

// cell is the text of a column in the row being read, trimmed; empty where the
// column is missing.
func (r *sheetReader) cell(id string) string {
	at, ok := r.where[id]
	if !ok || at >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(strings.ToValidUTF8(unguard(strings.TrimSpace(r.cells[at])), "\uFFFD"))
}

// day is the text of a column of days. A spreadsheet's serial number becomes the
// day that it stands for; in a CSV, where a person sees the number, that is told.
func (r *sheetReader) day(id string) (cell string, notes []observed) {
	cell = r.cell(id)
	whole, _, _ := strings.Cut(cell, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < firstSerial || n > lastSerial {
		return cell, nil
	}
	day := slashed(date.Date("1899-12-30").AddDays(n))
	if r.out.Sheet == "" {
		notes = []observed{{id, cell, day}}
	}
	return day, notes
}

// Serial numbers that are taken for days: 1927 to 2100.
const firstSerial, lastSerial = 10_000, 73_415

func (r *sheetReader) blank() bool {
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// column is the file's own header of a column, or the template's where the file
// does not have it.
func (r *sheetReader) column(id string) string {
	if name, ok := r.names[id]; ok {
		return name
	}
	for _, c := range columnsOf(r.out.Kind) {
		if c.id == id {
			return c.label
		}
	}
	return id
}

func (r *sheetReader) tell(id, code, message string, setAside bool) {
	r.out.Problems = append(r.out.Problems, table.Problem{
		Sheet: r.out.Sheet, Row: r.number, Column: r.column(id), Code: code, Message: message, SetAside: setAside,
	})
}

// observed notes a value that is read as something else than it says. A note is
// counted only when its row is taken: see count.
type observed struct{ id, cell, takenAs string }

func (r *sheetReader) count(notes []observed) {
	for _, n := range notes {
		key := table.ReadAs{Column: r.column(n.id), Observed: n.cell, TakenAs: n.takenAs}
		place, ok := r.readAs[key]
		if !ok {
			place = len(r.out.ReadAs)
			r.readAs[key] = place
			r.out.ReadAs = append(r.out.ReadAs, key)
		}
		r.out.ReadAs[place].Count++
	}
}
