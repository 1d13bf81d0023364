package returns

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"stablefutures/internal/returns/annexa"
	"stablefutures/internal/returns/cin"
	"stablefutures/internal/returns/ssda903"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
	"stablefutures/internal/returns/template"
)

// reader is a family of tables: what it takes a sheet for, and how it reads it.
type reader struct {
	recognise func(sheetName string, header []string) (table.Kind, bool)
	read      func(sheet tabular.Sheet, kind table.Kind, opt table.Options) table.Table
}

// readers are asked in this order; the first that knows a sheet reads it.
var readers = []reader{
	{template.Recognise, template.Read},
	{ssda903.Recognise, ssda903.Read},
	{annexa.Recognise, annexa.Read},
}

// Read reads one file. Its name is for the report alone: what the file is, is
// told from what is in it. The error is *Unrecognised for a file of which
// nothing can be taken.
func Read(name string, data []byte, opt Options) ([]Table, error) {
	tables, err := read(name, data, opt)
	var refused *tabular.Refused
	if errors.As(err, &refused) {
		return nil, &Unrecognised{Name: name, Message: refused.Message}
	}
	return tables, err
}

func read(name string, data []byte, opt Options) ([]Table, error) {
	switch start := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n"); {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return readWorkbook(name, data, opt)
	case bytes.HasPrefix(data, []byte("%PDF")):
		return nil, &Unrecognised{Name: name, Message: "This is a PDF. Returns are read as CSV, xlsx or XML: ask for the file from which it was made."}
	case bytes.HasPrefix(start, []byte("<")):
		return readXML(name, data, opt)
	}
	sheet, err := tabular.CSV(data)
	if err != nil {
		return nil, err
	}
	tables := readSheet(name, *sheet, opt)
	if len(tables) == 0 {
		return nil, &Unrecognised{Name: name, Message: unknownTable(sheet.Header)}
	}
	return tables, nil
}

// readWorkbook reads every sheet that is known. A sheet that is not is told of
// beside the others; where none is known, the file is not recognised.
func readWorkbook(name string, data []byte, opt Options) ([]Table, error) {
	sheets, err := tabular.Workbook(data)
	if err != nil {
		return nil, err
	}
	var tables []Table
	var unknown []string
	for _, sheet := range sheets {
		if sheet.Name == template.HelpSheet {
			continue
		}
		read := readSheet(name, *sheet, opt)
		if len(read) == 0 {
			unknown = append(unknown, sheet.Name)
		}
		tables = append(tables, read...)
	}
	if len(tables) == 0 {
		return nil, &Unrecognised{Name: name, Message: "No sheet of this workbook is a list that we know. " + unknownTable(sheets[0].Header)}
	}
	for _, sheet := range unknown {
		tables[0].Problems = append(tables[0].Problems, Problem{Sheet: sheet, Code: "unknown-sheet",
			Message: fmt.Sprintf("Sheet %s is not a list that we know: it was left alone.", sheet)})
	}
	return tables, nil
}

// readSheet reads the tables of a sheet, each with the first reader that knows
// it; none where no reader knows how the sheet begins.
func readSheet(name string, sheet tabular.Sheet, opt Options) []Table {
	var tables []Table
	for _, part := range parts(sheet) {
		for _, r := range readers {
			kind, ok := r.recognise(part.Name, part.Header)
			if !ok {
				continue
			}
			t := r.read(part, kind, opt)
			t.File = name
			tables = append(tables, t)
			break
		}
		if len(tables) == 0 {
			return nil
		}
	}
	return tables
}

// readXML reads an SSDA903 return or a CIN census, told apart by their root.
func readXML(name string, data []byte, opt Options) ([]Table, error) {
	switch root := rootElement(data); root {
	case "EXPSSDA903":
		return ssda903.ReadXML(name, data, opt)
	case "Message":
		t, err := cin.Read(name, data, opt)
		if err != nil {
			return nil, err
		}
		return []Table{t}, nil
	case "":
		return nil, &Unrecognised{Name: name, Message: "The file begins like XML but holds no element. Export it again."}
	default:
		return nil, &Unrecognised{Name: name, Message: fmt.Sprintf("This is XML with the root %s. An SSDA903 return has the root EXPSSDA903, a CIN census the root Message.", short(root))}
	}
}

// rootElement is the name of the first element, without parsing: declarations,
// comments and instructions before it are passed over.
func rootElement(data []byte) string {
	text := string(data[:min(len(data), 64<<10)])
	for {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			return ""
		}
		text = text[at+1:]
		switch {
		case strings.HasPrefix(text, "!--"):
			if _, rest, ok := strings.Cut(text, "-->"); ok {
				text = rest
				continue
			}
			return ""
		case strings.HasPrefix(text, "?"), strings.HasPrefix(text, "!"):
			continue
		}
		end := strings.IndexAny(text, " \t\r\n/>")
		if end < 0 {
			return ""
		}
		return text[:end]
	}
}

// unknownTable says what was found and what would be known.
func unknownTable(header []string) string {
	for _, hint := range []func([]string) string{ssda903.Hint, annexa.Hint} {
		if says := hint(header); says != "" {
			return "The table is not known: " + says + ". Add the column and import the file again."
		}
	}
	shown := make([]string, 0, 4)
	for _, h := range header[:min(len(header), 4)] {
		shown = append(shown, short(h))
	}
	return fmt.Sprintf("Its columns (%s …) are not those of an Annex A list, an SSDA903 table or one of our templates. Check that the first row of the table holds the column names.", strings.Join(shown, ", "))
}

func short(s string) string {
	s = strings.ToValidUTF8(s, "")
	if len([]rune(s)) > 40 {
		return string([]rune(s)[:40]) + "…"
	}
	return s
}
