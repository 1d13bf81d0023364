package template

import (
	"fmt"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
)

// sheetReader reads cells of a row by the column's id, and tells what it made of
// them.
type sheetReader struct {
	out    *table.Table
	log    table.Log
	where  map[string]int    // column id to place in the row
	names  map[string]string // column id to the file's own header
	readAs map[table.ReadAs]int
	number int
	cells  []string
	told   []table.Problem // of the row being read
}

// maxUnknown is how many columns that are not the template's are told one by one.
const maxUnknown = 20

func newSheetReader(out *table.Table, header []string) *sheetReader {
	r := &sheetReader{out: out, where: map[string]int{}, names: map[string]string{}, readAs: map[table.ReadAs]int{}}
	r.log.AddAll(out.Problems)
	names := index(columnsOf(out.Kind))
	unknown := 0
	for at, name := range header {
		name = strings.Clone(strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF")))
		id, ok := names[fold(name)]
		_, twice := r.where[id]
		switch {
		case name == "":
		case !ok:
			if unknown++; unknown <= maxUnknown {
				r.tellColumn(shown.Column(name, at), "unknown-column", "The template has no such column: it is left out.")
			}
		case twice:
			r.tellColumn(r.names[id], "column-twice", "The column stands in the table twice: the first is read and this one left out.")
		default:
			r.where[id], r.names[id] = at, name
		}
	}
	if unknown > maxUnknown {
		r.tellColumn("", "unknown-column", fmt.Sprintf("%d more columns are not of the template: they are left out.", unknown-maxUnknown))
	}
	r.tellMissing()
	return r
}

func (r *sheetReader) tellColumn(name, code, message string) {
	r.log.Add(table.Problem{Sheet: r.out.Sheet, Column: name, Code: code, Message: message})
}

// begin begins a row; false where it is blank, and no row.
func (r *sheetReader) begin(number int, cells []string) bool {
	r.number, r.cells, r.told = number, cells, r.told[:0]
	for _, text := range cells {
		if strings.TrimSpace(text) != "" {
			r.out.RowsRead++
			return true
		}
	}
	return false
}

// end ends a row. Of a row that is set aside, only what set it aside is told.
func (r *sheetReader) end(taken bool) {
	for _, p := range r.told {
		if taken || p.SetAside {
			r.log.Add(p)
		}
	}
	if taken {
		r.out.RowsTaken++
	} else {
		r.out.RowsSetAside++
	}
}

// readable sets aside a row with a cell that could not be read out of the file:
// what stands in its place is nobody's answer, and must not be taken for blank.
func (r *sheetReader) readable() bool {
	for _, c := range columnsOf(r.out.Kind) {
		if cell.Unreadable(r.cell(c.id)) {
			r.tell(c.id, "unreadable-cell", "The cell could not be read out of the file (a formula without a result, or a text that is too long): the row is set aside. Open the file in a spreadsheet, save it and import it again.", true)
			return false
		}
	}
	return true
}

// raw is a column's cell in the row being read as it stands, trimmed; empty where
// the column is missing.
func (r *sheetReader) raw(id string) string {
	at, ok := r.where[id]
	if !ok || at >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[at])
}

// cell is the text of a column in memory of its own, without what guards it in a
// spreadsheet.
func (r *sheetReader) cell(id string) string {
	return strings.Clone(strings.TrimSpace(strings.ToValidUTF8(unguard(r.raw(id)), "\uFFFD")))
}

// value is a cell of which a sign for an empty one (n/a, NULL, a hyphen) is blank,
// and noted. A sign that an export guarded is the text that somebody entered.
func (r *sheetReader) value(id string) (text string, notes []observed) {
	if raw := r.raw(id); cell.Sign(raw) {
		return "", []observed{{id, shown.ReadAs(raw), cell.Blank}}
	}
	return r.cell(id), nil
}

// day is a column of days as the templates write them, 31/03/2026; what is no day
// stands as it is. A day that does not stand in the cell as it is read is noted: a
// spreadsheet's number in a CSV, where a person sees it, a short year, a time.
func (r *sheetReader) day(id string) (text string, notes []observed) {
	text, notes = r.value(id)
	d, form := cell.Days().Parse(text)
	switch form {
	case cell.NoDay:
		return text, notes
	case cell.Timed:
		notes = append(notes, observed{id, cell.TimedDays, cell.ADayAlone})
	case cell.Guessed, cell.Serial:
		if form == cell.Serial && r.out.Sheet != "" {
			break
		}
		if id == colBirth {
			notes = append(notes, observed{id, cell.ShortDays, cell.WholeDays}) // a date of birth stands in no report
			break
		}
		notes = append(notes, observed{id, text, slashed(d)})
	}
	return slashed(d), notes
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
	r.told = append(r.told, table.Problem{
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
		if !ok && len(r.readAs) >= 10*table.MostReadAs {
			key.Observed, key.TakenAs = table.MoreValues, table.NotListed
			place, ok = r.readAs[key]
		}
		if !ok {
			place = len(r.out.ReadAs)
			r.readAs[key] = place
			r.out.ReadAs = append(r.out.ReadAs, key)
		}
		r.out.ReadAs[place].Count++
	}
}

// slashed is a day as the templates write it: 31/03/2026.
func slashed(d date.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}
