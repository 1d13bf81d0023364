// Package translation writes and reads the workbook in which the words of young people's
// pages go to a translator and come back: one row a text, or one a plural form, with
// where it stands, the English, and how long it may be.
//
// What is sound, and what is taken of it, is decided elsewhere: no words are kept here.
package translation

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"stablefutures/internal/locale"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/returns/tabular"
)

// Row is a text as it stands in the workbook.
type Row struct {
	Sheet   string // as it was read
	Number  int    // of the row, as it was read
	Name    string // page/leave, edition/working-2026/outcome.home
	Place   string // where it stands
	English string
	Note    string
	Most    int    // characters
	Form    string // plural form; empty for a text without
	Example int    // a number that takes the form
	Words   string
	State   string // in words
	Check   string // of the English when the workbook was written
}

// The sheets and their columns. Translation has the language beside it.
const (
	PagesSheet   = "Pages"
	EditionSheet = "Edition"

	colKey, colPlace, colEnglish, colNote, colMost, colForm = "Key", "Where it stands", "English", "Note", "Most characters", "Form"
	colWords, colState, colCheck                            = "Translation", "State", "Check"
)

// Columns of what may be wrong with a row, as they are called to people.
const (
	Key, Form, Words, State, Check = colKey, colForm, colWords, colState, colCheck
)

// MostBytes is how large a workbook of words may be. The largest of ours is a fiftieth.
const MostBytes = 4 << 20

const mostRows = 5000

// Write writes the workbook of one language.
func Write(w io.Writer, l locale.Language, pages, edition []Row) error {
	head := []string{colKey, colPlace, colEnglish, colNote, colMost, colForm, colWords + " [" + l.Tag + "]", colState, colCheck}
	book := sheet.Book{Notes: instructions(l)}
	for _, of := range []struct {
		name string
		rows []Row
	}{{PagesSheet, pages}, {EditionSheet, edition}} {
		t := sheet.Table{Name: of.name, Head: head, Widths: []float64{26, 24, 44, 34, 12, 18, 54, 26, 12}, Wrap: true}
		for _, r := range of.rows {
			t.Rows = append(t.Rows, []any{r.Name, r.Place, r.English, r.Note, strconv.Itoa(r.Most), formCell(r), r.Words, r.State, r.Check})
		}
		book.Tables = append(book.Tables, t)
	}
	return sheet.XLSX(w, book)
}

func formCell(r Row) string {
	if r.Form == "" {
		return ""
	}
	return fmt.Sprintf("%s, such as %d", r.Form, r.Example)
}

// instructions are what a translator reads first.
func instructions(l locale.Language) []string {
	return []string{
		"Words for young people, in " + l.Name + " (" + l.Tag + ")",
		"These words stand on the pages of young people who survived trafficking. Many had few years of schooling, and read on a small old phone. Write as you would speak to somebody of fourteen whom you respect: short, calm, plain words.",
		"The sheet " + PagesSheet + " has the words of the pages, the sheet " + EditionSheet + " what is talked about: topics, sentences and answers.",
		"Change the column " + colWords + " [" + l.Tag + "] alone, and the column " + colState + ". Leave all others as they are: rows in which the English was changed since are not taken.",
		"What stands in braces, such as {name}, is put in by the program. Write it as it is, where it belongs in your sentence.",
		"The column " + colMost + " says how long a translation may be, what stands in braces not counted: it has to fit a button on a small screen.",
		"Where the column " + colForm + " says something, the text changes with a number. Fill in every form; each has a number as an example. A form for one or two may say the number as a word.",
		"Write in the column " + colState + " who has looked at the text: “" + locale.Machine.Label() + "”, “" + locale.Reviewed.Label() + "”, or “" + locale.Tried.Label() + "”. Young people can have tried only what a translator reviewed and nobody changed since.",
		"A row that you leave out, or that is empty, stays as it is.",
	}
}

// Read reads the rows of a workbook, and for which language it is. The error is a
// *tabular.Refused for a file that is none of ours.
func Read(data []byte) (tag string, rows []Row, err error) {
	if len(data) > MostBytes {
		return "", nil, refused("It has over %d MB, and a file of words has a small part of that. Check that the right file was chosen.", MostBytes>>20)
	}
	book, err := tabular.Workbook(data)
	if err != nil {
		return "", nil, err
	}
	for _, s := range book.Sheets {
		at, of := columns(s.Header)
		if _, ok := at[colKey]; !ok || of == "" {
			continue
		}
		if tag != "" && of != tag {
			return "", nil, refused("Its sheets are of two languages, %s and %s. Send a file for each.", tag, of)
		}
		tag = of
		if len(rows)+len(s.Rows) > mostRows {
			return "", nil, refused("It has more than %d rows. Check that the right file was chosen.", mostRows)
		}
		for i, cells := range s.Rows {
			rows = append(rows, readRow(s.Name, s.Number(i), at, cells))
		}
	}
	if tag == "" {
		return "", nil, refused("No sheet of it has the columns %s and %s with a language in brackets, such as %s [ar]. Download the file of the language, fill it in, and send that.", colKey, colWords, colWords)
	}
	return tag, rows, nil
}

func refused(format string, values ...any) error {
	return &tabular.Refused{Message: fmt.Sprintf(format, values...)}
}

// columns are where the headings stand, and the language of the translation.
func columns(header []string) (at map[string]int, tag string) {
	at = map[string]int{}
	for n, name := range header {
		before, after, found := strings.Cut(name, "[")
		if strings.TrimSpace(before) == colWords && found {
			name, tag = colWords, strings.TrimSuffix(strings.TrimSpace(after), "]")
		}
		if _, twice := at[name]; !twice {
			at[name] = n
		}
	}
	return at, tag
}

func readRow(sheetName string, number int, at map[string]int, cells []string) Row {
	cell := func(column string) string {
		n, ok := at[column]
		if !ok || n >= len(cells) {
			return ""
		}
		text := strings.TrimSpace(cells[n])
		if bare, ok := strings.CutPrefix(text, "'"); ok && sheet.Runs(bare) {
			return bare // as Write guarded it
		}
		return text
	}
	form, _, _ := strings.Cut(cell(colForm), ",")
	return Row{Sheet: sheetName, Number: number, Name: cell(colKey), Form: strings.TrimSpace(form), Words: cell(colWords), State: cell(colState), Check: cell(colCheck)}
}
