package ssda903

import (
	"fmt"
	"strings"

	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/xmlscan"
)

// Root is the name of the root element of the return's XML.
const Root = "EXPSSDA903"

// ReadXML reads the return's XML, in the order header, episodes and so on. The XML
// is the whole return: a table of which nothing stands in it comes back empty, so
// that it takes the place of what an earlier return said. Row numbers count the
// CHILD elements. The error is a *table.Unrecognised: nothing is taken from a file
// that breaks off.
func ReadXML(name string, data []byte, opt table.Options) ([]table.Table, error) {
	x := &xmlReader{file: name, opt: opt, readers: map[table.Kind]*reader{}, unknown: map[string]bool{}}
	if err := xmlscan.Walk(data, x); err != nil {
		return nil, &table.Unrecognised{Name: name, Message: xmlscan.Sentence(err)}
	}
	if x.children == 0 {
		return nil, &table.Unrecognised{Name: name, Message: "The SSDA903 XML holds no CHILD element: export the return again."}
	}
	var tables []table.Table
	for _, kind := range xmlOrder {
		r := x.readers[kind]
		if r == nil && mayLack[kind] {
			continue
		}
		r = x.reader(specOf(kind))
		r.settle()
		tables = append(tables, *r.out)
	}
	return tables, nil
}

// mayLack are the tables that the return got later than its XML: where they are not
// in it, nothing is said of them.
var mayLack = map[table.Kind]bool{SocialWorkers: true, LibertyOrders: true}

var xmlOrder = []table.Kind{Header, Episodes, Uasc, Missing, Reviews, OC2, OC3, AD1, PlacedAdoption, PreviousPermanence, SocialWorkers, LibertyOrders}

// xmlNames are the columns that the XML calls otherwise.
var xmlNames = map[string]string{"CHILD": "CHILDID", "PLACE": "PL"}

// xmlReader gathers the fields of one CHILD and gives them to the tables when it
// ends, because a child's id and date of birth stand in the HEADER and belong to
// each row.
type xmlReader struct {
	file     string
	opt      table.Options
	readers  map[table.Kind]*reader
	children int
	unknown  map[string]bool // elements told of already

	values map[string]string // fields of the HEADER itself; nil outside a CHILD
	groups []group           // elements that make rows of their own
	open   bool              // within the last of groups
}

// group is one element that makes a row, such as EPISODE, with its fields.
type group struct {
	spec   *spec
	values map[string]string
}

func (x *xmlReader) Start(name string, depth int) error {
	if depth == 1 {
		if !strings.EqualFold(name, Root) {
			return fmt.Errorf("the XML begins with %s where an SSDA903 return begins with %s: choose the file that was made for the return", shown.Element(name), Root)
		}
		return nil
	}
	name = strings.ToUpper(name)
	switch {
	case depth == 2:
		x.children++
		x.values, x.groups, x.open = map[string]string{}, x.groups[:0], false
	case elements[name] != nil && !x.open:
		x.groups, x.open = append(x.groups, group{elements[name], map[string]string{}}), true
	}
	return nil
}

func (x *xmlReader) End(asWritten string, depth int, text string, leaf bool) error {
	name := strings.ToUpper(asWritten)
	if !leaf && text != "" && depth > 1 {
		x.tell(shown.Element(asWritten), "stray-text", "There is text between the elements, which belongs to no field: it is left out.")
	}
	switch {
	case depth == 1 || x.values == nil:
	case depth == 2:
		x.endChild()
	case x.open && elements[name] != nil:
		x.open = false
	case leaf:
		x.field(name, asWritten, text)
	}
	return nil
}

func (x *xmlReader) field(name, asWritten, text string) {
	column := canonical(name)
	if !columns[column] {
		if name != "HEADER" && !x.unknown[name] && len(x.unknown) < maxUnknown {
			x.unknown[name] = true
			x.tell(shown.Element(asWritten), "unknown-column", "The return has no such element: it is left out wherever it stands.")
		}
		return
	}
	if x.open {
		x.groups[len(x.groups)-1].values[column] = text
	} else {
		x.values[column] = text
	}
}

func (x *xmlReader) endChild() {
	x.row(specOf(Header), x.values)
	for i := range specs {
		if s := &specs[i]; s.kind != Header && s.stands(x.values) {
			x.row(s, x.values)
		}
	}
	for _, g := range x.groups {
		if g.spec.stands(g.values) {
			x.row(g.spec, g.values)
		}
	}
	x.values = nil
}

// row gives one row to its table. Child, date of birth and sex are the HEADER's.
func (x *xmlReader) row(s *spec, values map[string]string) {
	r := x.reader(s)
	cells := make([]string, len(s.columns))
	for i, c := range s.columns {
		switch c.role {
		case roleChild, roleBirth, roleSex:
			cells[i] = r.clean(i, x.values[c.name])
		default:
			cells[i] = r.clean(i, values[c.name])
		}
	}
	r.row(x.children, cells, cells)
}

func (x *xmlReader) reader(s *spec) *reader {
	r := x.readers[s.kind]
	if r == nil {
		sheet := Root + "/" + s.path
		r = newReader(s, &table.Table{File: x.file, Kind: s.kind, Sheet: sheet}, x.opt, 0)
		r.sheet, r.unit = sheet, "child"
		for i, name := range r.names {
			if other, ok := xmlNames[name]; ok {
				r.names[i] = other
			}
		}
		x.readers[s.kind] = r
	}
	return r
}

// tell notes something of the child element that is being read.
func (x *xmlReader) tell(element, code, message string) {
	r := x.reader(specOf(Header))
	r.log.Add(table.Problem{Sheet: r.sheet, Row: x.children, Column: element, Code: code, Message: message})
}

// stands tells whether any field of the table's own is filled in. UASC is the
// one table that a mark of the HEADER alone calls forth.
func (s *spec) stands(values map[string]string) bool {
	for _, c := range s.columns {
		if values[c.name] != "" && c.role != roleChild && c.role != roleBirth && c.role != roleSex {
			return true
		}
	}
	flag, _ := flagCodes.lookup(values["UASC"])
	return s.kind == Uasc && flag == "1"
}

// elements are the elements that make a row of their own, by name.
var elements = func() map[string]*spec {
	found := map[string]*spec{}
	for i := range specs {
		s := &specs[i]
		if name := s.path[strings.LastIndexByte(s.path, '/')+1:]; name != "HEADER" {
			found[name] = s
		}
	}
	return found
}()

// columns are all columns of all tables.
var columns = func() map[string]bool {
	found := map[string]bool{}
	for _, s := range specs {
		for _, c := range s.columns {
			found[c.name] = true
		}
	}
	return found
}()
