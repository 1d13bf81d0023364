package template

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/care"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
)

// signs are those by which a spreadsheet takes a cell for a formula.
const signs = "=+-@\t\r\n＝＋－＠"

// No cell of an exported register or of exported readings begins like a formula, in
// either format, and the words come back as they were.
func TestNoCellOfAnExportIsRun(t *testing.T) {
	for _, sign := range signs {
		text := string(sign) + "HYPERLINK(\"http://x\")"
		spoken := []table.ReadingRow{{Child: text, Conversation: text, Language: text, Reading: conversation.Reading{Edition: "working-2026", Indicator: "safe-home.1",
			Voice: conversation.YoungPerson, State: conversation.Answered, Value: 3, Words: text, SaidOn: "2026-02-01"}}}
		entered := []table.RegisterRow{{Child: text, Name: text, Identity: care.Identity{UPN: text}, Entry: register.Entry{register.FieldFirstResponder: text, register.FieldTypes: "criminal"}}}
		for what, export := range map[string]func(io.Writer, Format) error{
			"readings": func(w io.Writer, f Format) error {
				return ExportReadings(w, f, []*framework.Edition{framework.Working()}, spoken)
			},
			"register": func(w io.Writer, f Format) error { return ExportRegister(w, f, entered) },
		} {
			for _, format := range []Format{CSV, XLSX} {
				var out bytes.Buffer
				if err := export(&out, format); err != nil {
					t.Fatal(err)
				}
				cells := cellsOf(t, format, out.Bytes())
				if !slices.ContainsFunc(cells, func(c string) bool { return strings.Contains(c, "HYPERLINK") }) {
					t.Errorf("%s, %s, %q: the text is not in the file", what, format, text)
				}
				for _, cell := range cells {
					if cell != "" && strings.ContainsRune(signs, []rune(cell)[0]) {
						t.Errorf("%s, %s: a cell begins like a formula: %q", what, format, cell)
					}
				}
			}
		}
		if got := unguard(guard(text)); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
}

// cellsOf are all cells of a file; a workbook with a formula anywhere fails the test.
func cellsOf(t *testing.T, format Format, data []byte) (cells []string) {
	t.Helper()
	var rows [][]string
	if format == CSV {
		var err error
		if rows, err = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))).ReadAll(); err != nil {
			t.Fatal(err)
		}
		return slices.Concat(rows...)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") && (bytes.Contains(text, []byte("<f>")) || bytes.Contains(text, []byte("<f "))) {
			t.Errorf("%s holds a formula", f.Name)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if rows, err = book.GetRows(book.GetSheetName(0)); err != nil {
		t.Fatal(err)
	}
	return slices.Concat(rows...)
}
