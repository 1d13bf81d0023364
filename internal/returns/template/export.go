package template

import (
	"io"
	"slices"
	"strconv"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
)

// ExportRegister writes the register template filled in. Sheet and Number of the
// rows are not written; all else comes back from Read as it was.
//
// What it writes names children: it may leave only with the access that opening
// each of their records needs.
func ExportRegister(w io.Writer, format Format, rows []table.RegisterRow) error {
	return write(w, format, registerBook(rows))
}

// RegisterCells are the header and the cells of ExportRegister, for a file that holds
// more than one table. They are not guarded against formulas.
func RegisterCells(rows []table.RegisterRow) (head []string, cells [][]string) {
	b := registerBook(rows)
	return b.header(), slices.Collect(b.rows)
}

func registerBook(rows []table.RegisterRow) book {
	columns := registerColumns()
	return book{sheet: "Register", columns: columns, about: aboutRegister, rows: func(yield func([]string) bool) {
		for _, row := range rows {
			cells := make([]string, len(columns))
			for i, c := range columns {
				cells[i] = registerCell(row, c.id)
			}
			if !yield(cells) {
				return
			}
		}
	}}
}

func registerCell(row table.RegisterRow, id string) string {
	switch id {
	case colChild:
		return row.Child
	case colName:
		return row.Name
	case colBirth:
		return slashed(row.Identity.BirthDate)
	case colSex:
		return labelOf(sexWords, row.Identity.Sex)
	case colEthnicity:
		return row.Identity.Ethnicity
	case colUPN:
		return row.Identity.UPN
	}
	f, _ := register.FieldByID(id)
	if f.Kind == register.Day {
		return slashed(row.Entry.Day(id))
	}
	return f.Words(row.Entry[id])
}

// ExportReadings writes the readings template filled in, in the order given.
// Who recorded a reading and when are not in the template.
//
// What it writes holds young people's words: it may leave only with the access
// that opening each of their records needs.
func ExportReadings(w io.Writer, format Format, editions []*framework.Edition, rows []table.ReadingRow) error {
	return write(w, format, readingsBook(editions, rows))
}

// ReadingsCells are the header and the cells of ExportReadings, for a file that holds
// more than one table. They are not guarded against formulas.
func ReadingsCells(editions []*framework.Edition, rows []table.ReadingRow) (head []string, cells [][]string) {
	b := readingsBook(editions, rows)
	return b.header(), slices.Collect(b.rows)
}

func readingsBook(editions []*framework.Edition, rows []table.ReadingRow) book {
	return book{sheet: "Readings", columns: readingsColumns(editions), about: aboutReadings, rows: func(yield func([]string) bool) {
		for _, row := range rows {
			if !yield(readingCells(row)) {
				return
			}
		}
	}}
}

// readingCells stand in the order of readingsColumns.
func readingCells(row table.ReadingRow) []string {
	g := row.Reading
	answer := labelOf(stateWords, string(g.State))
	if g.State == conversation.Answered {
		answer = strconv.Itoa(g.Value)
	}
	helped := make([]string, len(g.HelpedBy))
	for i, h := range g.HelpedBy {
		helped[i] = labelOf(helpWords, string(h))
	}
	return []string{
		row.Child, row.Conversation, slashed(g.SaidOn), row.Language, g.Edition, g.Indicator, labelOf(voiceWords, string(g.Voice)),
		answer, labelOf(evidenceWords, string(g.Evidence)), register.JoinList(helped), g.Words, g.ID, g.Replaces, recordedAt(g.RecordedAt),
	}
}

// recordedAt is an instant as a file holds it, to the microsecond; empty for none.
func recordedAt(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
