package returns

import (
	"errors"
	"slices"
	"strings"

	"stablefutures/internal/returns/annexa"
	"stablefutures/internal/returns/cin"
	"stablefutures/internal/returns/shown"
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
	switch format, says := sniff(data); format {
	case asNothing:
		return nil, &Unrecognised{Name: name, Message: says}
	case asWorkbook:
		return readWorkbook(name, data, opt)
	case asXML:
		return readXML(name, data, opt)
	}
	sheet, err := tabular.CSV(data)
	if err != nil {
		return nil, err
	}
	tables := readSheet(name, *sheet, opt)
	if len(tables) == 0 {
		return nil, &Unrecognised{Name: name, Message: unknownTable(*sheet)}
	}
	return oncePerFile(tables), nil
}

// readWorkbook reads every sheet that is known. A sheet that is not is told of
// beside the others; where none is known, the file is not recognised.
func readWorkbook(name string, data []byte, opt Options) ([]Table, error) {
	book, err := tabular.Workbook(data)
	if err != nil {
		return nil, err
	}
	var tables []Table
	told := slices.Clone(book.LeftOut)
	says := ""
	for _, sheet := range book.Sheets {
		if sheet.Name == template.HelpSheet {
			continue
		}
		read := readSheet(name, *sheet, opt)
		if len(read) == 0 {
			told = append(told, Problem{Sheet: sheet.Name, Code: "unknown-sheet", Message: "Sheet " + sheet.Name + " is not a list that we know: it was left alone."})
			if says == "" {
				says = " " + unknownTable(*sheet)
			}
		}
		tables = append(tables, read...)
	}
	if len(tables) == 0 {
		for _, p := range book.LeftOut {
			says += " " + p.Message
		}
		return nil, &Unrecognised{Name: name, Message: "No sheet of this workbook is a list that we know." + says}
	}
	tables[0].Problems = append(tables[0].Problems, told...)
	return oncePerFile(tables), nil
}

// readSheet reads the tables of a sheet, each with the first reader that knows
// it; none where no reader knows how the sheet begins.
func readSheet(name string, sheet tabular.Sheet, opt Options) []Table {
	sheet, ok := seated(sheet)
	if !ok {
		return nil
	}
	var tables []Table
	for _, part := range parts(sheet) {
		for _, r := range readers {
			kind, ok := r.recognise(part.Name, part.Header)
			if !ok {
				continue
			}
			t := r.read(part, kind, opt)
			t.File = name
			if t.RowsRead == 0 {
				t.Problems = append(t.Problems, nothingBelow(&t))
			}
			tables = append(tables, t)
			break
		}
	}
	return tables
}

// readXML reads an SSDA903 return or a CIN census, told apart by their root.
func readXML(name string, data []byte, opt Options) ([]Table, error) {
	root := rootElement(data)
	switch {
	case strings.EqualFold(root, ssda903.Root):
		return ssda903.ReadXML(name, data, opt)
	case strings.EqualFold(root, cin.Root):
		t, err := cin.Read(name, data, opt)
		if err != nil {
			return nil, err
		}
		return []Table{t}, nil
	case root == "":
		return nil, &Unrecognised{Name: name, Message: "The file begins like XML but holds no element. Export it again."}
	case strings.EqualFold(root, "Workbook"):
		return nil, &Unrecognised{Name: name, Message: "This is an XML spreadsheet of Excel 2003. Open it in Excel, save it as xlsx and send it again."}
	}
	return nil, &Unrecognised{Name: name, Message: "This is XML with the root " + shown.Element(root) + ". An SSDA903 return has the root EXPSSDA903, a CIN census the root Message."}
}

// rootElement is the name of the first element, without its prefix and without
// parsing: declarations, comments and instructions before it are passed over.
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
		_, local, prefixed := strings.Cut(text[:end], ":")
		if !prefixed {
			local = text[:end]
		}
		return local
	}
}

// unknownTable says what was found and what would be known.
func unknownTable(sheet tabular.Sheet) string {
	for _, row := range firstRows(sheet) {
		for _, hint := range []func([]string) string{ssda903.Hint, annexa.Hint} {
			if says := hint(trimmed(row)); says != "" {
				return "The table is not known: " + says + ". Add the column and import the file again."
			}
		}
	}
	names := make([]string, 0, 4)
	for at, h := range sheet.Header[:min(len(sheet.Header), 4)] {
		names = append(names, shown.Column(h, at))
	}
	return "Its columns (" + strings.Join(names, ", ") + " …) are not those of an Annex A list, an SSDA903 table or one of our templates. Check that the first row of the table holds the column names."
}
