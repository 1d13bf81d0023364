package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
)

// Bounds of a workbook, looked at before anything is unpacked.
const (
	maxUnpacked = 256 << 20 // bytes
	maxParts    = 2000
)

// Book is a workbook, read.
type Book struct {
	Sheets  []*Sheet        // those that are shown and hold a table
	LeftOut []table.Problem // one for each sheet that was left out, and why
}

// Workbook reads every sheet of an xlsx or an ods file that holds a table; sheets
// without a row of at least two cells are left out. Hidden sheets, and such as are
// larger than any return, are left out and told. Dates come as Excel's serial
// numbers of the 1900 system, or as YYYY-MM-DD.
func Workbook(data []byte) (*Book, error) {
	parts, err := unpack(data)
	if err != nil {
		return nil, err
	}
	if parts.macros() {
		return nil, refuse("The workbook holds macros, which no return needs and which can do harm to whoever opens it. Save it as xlsx or ods, without them, and send it again.")
	}
	b := &bookReader{parts: parts, book: &Book{}}
	switch {
	case parts.isODS():
		err = b.ods()
	case parts.find("xl/workbook.xml") != nil || parts.target("", "officeDocument") != "":
		err = b.xlsx()
	default:
		return nil, parts.other()
	}
	if err != nil {
		return nil, b.damaged(err)
	}
	if len(b.book.Sheets) == 0 && len(b.book.LeftOut) == 0 {
		return nil, refuse("No sheet of the workbook holds a table. Check that the right file was sent.")
	}
	return b.book, nil
}

// bookReader reads a workbook sheet by sheet.
type bookReader struct {
	parts parts
	book  *Book
	cells int    // kept so far, in all sheets
	sheet string // being read, for messages
}

// damaged says in one line that the workbook cannot be read.
func (b *bookReader) damaged(err error) error {
	var told *Refused
	if errors.As(err, &told) {
		return told
	}
	where := ""
	if b.sheet != "" {
		where = " in sheet " + b.sheet
	}
	return refuse("The workbook cannot be read: it is damaged" + where + ". Open it in Excel or LibreOffice, save it again as xlsx and send it again.")
}

// finish takes the grid of a sheet into the book, or leaves it out.
func (b *bookReader) finish(g *grid, hidden bool) {
	b.cells += g.cells
	sheet, tooLarge := g.sheet(), g.tooLarge()
	switch {
	case tooLarge != "":
		b.leaveOut("sheet-too-large", fmt.Sprintf("Sheet %s %s: the sheet was left out. Delete what does not belong to it and import the file again.", g.name, tooLarge))
	case sheet == nil:
	case hidden:
		b.leaveOut("hidden-sheet", fmt.Sprintf("Sheet %s is hidden: it was left out, with %d rows. Show the sheet and import the file again if it belongs to the return.", g.name, len(sheet.Rows)))
	default:
		b.book.Sheets = append(b.book.Sheets, sheet)
	}
}

func (b *bookReader) leaveOut(code, message string) {
	b.book.LeftOut = append(b.book.LeftOut, table.Problem{Sheet: b.sheet, Code: code, Message: message})
}

func (b *bookReader) grid(name string, at int) *grid {
	b.sheet = shown.Sheet(name, at)
	return &grid{name: b.sheet, budget: maxCells - b.cells}
}

// parts are the files of a package by their names.
type parts map[string]*zip.File

// unpack opens a package without unpacking anything of it.
func unpack(data []byte) (parts, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("The workbook is damaged or was cut off on its way. Send it again, or save it again as xlsx.")
	}
	if len(archive.File) > maxParts {
		return nil, refuse(fmt.Sprintf("The workbook has %d parts; no return has more than %d.", len(archive.File), maxParts))
	}
	p := parts{}
	var unpacked uint64
	for _, f := range archive.File {
		if unpacked += f.UncompressedSize64; f.UncompressedSize64 > maxUnpacked || unpacked > maxUnpacked {
			return nil, refuse(fmt.Sprintf("The workbook unpacks to more than %d MB. Leave out what is not a return, or split it.", maxUnpacked>>20))
		}
		p[partName(f.Name)] = f
	}
	return p, nil
}

// macros tells a workbook that holds programs: of Excel, of either kind, or of
// LibreOffice. They are never looked at here, but the file would be opened elsewhere.
func (p parts) macros() bool {
	for name := range p {
		if path.Base(name) == "vbaproject.bin" || strings.HasPrefix(name, "xl/macrosheets/") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/") {
			return true
		}
	}
	return false
}

// partName makes names comparable: some programs write a stroke before them, or
// the wrong strokes, or other capitals.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p parts) find(name string) *zip.File { return p[partName(name)] }

// read hands a part's content to a function; a part that is not there is damage.
func (p parts) read(name string, do func(io.Reader) error) (err error) {
	f := p.find(name)
	if f == nil {
		return errXML
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return do(r)
}

// target is the part to which a part has a relation of a kind; the package itself
// is the part "".
func (p parts) target(part, kind string) string {
	for _, r := range p.relations(part) {
		if strings.HasSuffix(r.kind, "/"+kind) {
			return r.target
		}
	}
	return ""
}

// maxRelations is how many a part may have, and how many sheets a workbook.
const maxRelations = 4 * maxParts

type relation struct{ id, kind, target string }

// relations are those of a part; none where it has none, or where they cannot be read.
func (p parts) relations(part string) []relation {
	dir, file := path.Split(part)
	var list []relation
	name := dir + "_rels/" + file + ".rels"
	if p.find(name) == nil {
		return nil
	}
	err := p.read(name, func(in io.Reader) error {
		return eachStart(in, func(x *xmlReader) error {
			if string(x.name) == "Relationship" {
				if len(list) == maxRelations {
					return errXML
				}
				r := relation{string(x.attr("Id")), string(x.attr("Type")), string(x.attr("Target"))}
				if !strings.HasPrefix(r.target, "/") {
					r.target = path.Join(dir, r.target)
				}
				r.target = strings.TrimPrefix(r.target, "/")
				list = append(list, r)
			}
			return nil
		})
	})
	if err != nil {
		return nil
	}
	return list
}

// eachStart is called for each element of a part.
func eachStart(in io.Reader, do func(x *xmlReader) error) error {
	x := newXMLReader(in)
	for {
		kind, err := x.next()
		if err != nil || kind == xmlEnd {
			return err
		}
		if kind == xmlStart {
			if err := do(x); err != nil {
				return err
			}
		}
	}
}

// other says what a package is that is no workbook which can be read.
func (p parts) other() error {
	files := 0
	for name := range p {
		if strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".xlsx") || strings.HasSuffix(name, ".xml") && !strings.Contains(name, "/") && name != "[content_types].xml" {
			files++
		}
	}
	switch {
	case len(p) == 0:
		return refuse("The file is an empty archive: there is nothing in it. Send the files themselves.")
	case p.find("word/document.xml") != nil:
		return refuse("This is a Word document. Returns are read as CSV, xlsx, ods or XML: save its table from a spreadsheet.")
	case p.find("ppt/presentation.xml") != nil:
		return refuse("This is a PowerPoint presentation. Returns are read as CSV, xlsx, ods or XML.")
	case p.find("xl/workbook.bin") != nil:
		return refuse("This is a binary Excel workbook (xlsb). Save it as xlsx and send it again.")
	case p.find("content.xml") != nil:
		return refuse("This is an OpenDocument file, but no spreadsheet. Save its table as ods, xlsx or CSV.")
	case files > 0:
		return refuse("This is a zip archive with files in it. Unpack it and send the files themselves, several at once if you like.")
	}
	return refuse("This is a zip archive, and no workbook that is known. Send the files in it themselves, as CSV, xlsx, ods or XML.")
}
