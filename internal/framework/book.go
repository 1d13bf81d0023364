package framework

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is a workbook that is being read: its sheets, which row each part of the
// edition comes from, and what was found wrong.
type book struct {
	sheets   []sheet
	tags     []string                  // the languages, the source language first
	rows     map[string]row            // by the path to what the row holds
	columns  map[string]map[string]int // by sheet and heading, counted from 0
	headings map[string][]string       // by sheet, as they are written there
	layout   []finding                 // a sheet, a heading or a row out of place
	cells    []finding                 // a single cell
	orphaned int                       // the last row that stood above what it belongs to
}

func newBook(sheets []sheet) *book {
	return &book{sheets: sheets, rows: map[string]row{}, columns: map[string]map[string]int{}, headings: map[string][]string{}}
}

func (b *book) misplaced(at place, found, rule string) {
	b.layout = append(b.layout, finding{place: at, found: found, rule: rule})
}

func (b *book) wrong(at place, found, rule string) {
	if found == "" {
		rule = "it is empty: " + rule
	}
	b.cells = append(b.cells, finding{place: at, found: found, rule: rule})
}

// stands notes from which row a part of the edition comes.
func (b *book) stands(at path, r row) { b.rows[strings.Join(at, "/")] = r }

// headingsOf are the headings of texts in all languages of the workbook.
func (b *book) headingsOf(names ...string) []string {
	var list []string
	for _, tag := range b.tags {
		for _, name := range names {
			list = append(list, column{name, tag}.heading())
		}
	}
	return list
}

// needed are the headings of texts that every row has: those in the first language.
func (b *book) needed(names ...string) []string {
	var list []string
	for _, name := range names {
		list = append(list, column{name, b.tags[0]}.heading())
	}
	return list
}

// own is a heading as this program writes it: in small letters, its language as on
// the sheet Languages.
func (b *book) own(heading string) string {
	heading = strings.ToLower(strings.Join(strings.Fields(heading), " "))
	for _, tag := range b.tags {
		heading = strings.ReplaceAll(heading, "["+strings.ToLower(tag)+"]", "["+tag+"]")
	}
	return heading
}

// find is a sheet by its name, without regard to case.
func (b *book) find(name string) (rows [][]string, ok bool) {
	var others []string
	for _, s := range b.sheets {
		if strings.EqualFold(strings.TrimSpace(s.name), name) {
			if len(s.rows) == 0 {
				b.misplaced(place{sheet: name}, "", "it is empty: `stablefutures framework export -o edition.xlsx` writes a workbook with the headings that it needs")
			}
			return s.rows, len(s.rows) > 0
		}
		others = append(others, s.name)
	}
	rule := "there is no sheet “" + name + "”: `stablefutures framework export -o edition.xlsx` writes a workbook with all that are needed"
	if near := nearest(name, others); near != "" {
		rule = "there is no sheet “" + name + "”: the sheet " + quoted(near) + " may be meant; give it that name"
	}
	b.misplaced(place{words: "the workbook"}, "", rule)
	return nil, false
}

// table are the rows of a sheet that say anything. Headings are matched without
// regard to case and spaces; columns without a heading are left aside.
func (b *book) table(name string, needed, others []string) []row {
	all, ok := b.find(name)
	if !ok {
		return nil
	}
	headings := slices.Clone(all[0])
	for k, heading := range headings {
		b.headings[name] = append(b.headings[name], strings.TrimSpace(heading))
		headings[k] = b.own(heading)
	}
	b.columns[name] = map[string]int{}
	if !b.head(name, headings, needed, others) {
		return nil
	}
	var list []row
	for n, cells := range all[1:] {
		r := row{name, n + 2, map[string]string{}}
		for k, cell := range cells {
			cell = strings.TrimSpace(cell)
			if k >= len(headings) || headings[k] == "" || cell == "" {
				continue
			}
			if slices.Contains(sheetErrors, cell) {
				b.wrong(b.cell(r, headings[k]), cell, "the spreadsheet could not work this cell out: write the text itself")
			}
			r.cells[headings[k]] = cell
		}
		if len(r.cells) > 0 {
			list = append(list, r)
		}
	}
	return list
}

// sheetErrors are what a cell shows whose formula went wrong.
var sheetErrors = []string{"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}

// head notes where the columns stand, and tells headings that are missing, stand
// twice or are not known. Without all that are needed, the rows are not worth
// reading.
func (b *book) head(name string, headings, needed, others []string) (whole bool) {
	known := slices.Clone(needed)
	for _, heading := range others {
		if !slices.Contains(known, heading) {
			known = append(known, heading)
		}
	}
	for _, heading := range slices.Clone(known) {
		if _, _, isText := textHeading(heading); isText {
			known = append(known, heading+" origin", heading+" review")
		}
	}
	var absent []string
	for _, heading := range known {
		if !slices.Contains(headings, heading) {
			absent = append(absent, heading)
		}
	}
	var strange []int
	for k, heading := range headings {
		_, twice := b.columns[name][heading]
		switch {
		case heading == "":
		case twice:
			b.misplaced(b.heading(name, k), b.headings[name][k], "a heading stands once: take one of the two columns out, or empty its heading to have it left aside")
		case !slices.Contains(known, heading):
			strange = append(strange, k)
		}
		if heading != "" && !twice {
			b.columns[name][heading] = k
		}
	}
	absent = b.strange(name, headings, strange, absent)
	var missing []string
	for _, heading := range needed {
		if slices.Contains(absent, heading) {
			missing = append(missing, "“"+heading+"”")
		}
	}
	if len(missing) > 0 {
		columns := "the column " + missing[0] + " is"
		if len(missing) > 1 {
			columns = "the columns " + listed(missing, "and") + " are"
		}
		b.misplaced(place{sheet: name, row: 1}, "", columns+" missing: the headings stand in the first row; `stablefutures framework export -o edition.xlsx` writes a workbook that has them all")
	}
	for _, heading := range needed {
		if _, ok := b.columns[name][heading]; !ok {
			return false
		}
	}
	return true
}

// strange tells headings that are not known, and gives the absent ones for which
// none of them may be a slip.
func (b *book) strange(name string, headings []string, strange []int, absent []string) []string {
	var unknown []int
	foreign := map[string][]int{} // by language
	for _, k := range strange {
		tag, isForeign := b.foreign(headings[k])
		near := nearest(headings[k], absent)
		switch {
		case near != "" && (!isForeign || distance(headings[k], near) == 1):
			b.misplaced(b.heading(name, k), b.headings[name][k], "it may be a slip for “"+near+"”: put the heading right, or empty it to have the column left aside")
			absent = slices.DeleteFunc(slices.Clone(absent), func(heading string) bool { return heading == near })
		case isForeign:
			foreign[tag] = append(foreign[tag], k)
		default:
			unknown = append(unknown, k)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(foreign)) {
		b.misplaced(place{sheet: name, row: 1}, "", b.lettered(name, foreign[tag])+" for texts in "+plain(tag)+", which is not on the sheet Languages: add a row for it there, or empty the heading to have the column left aside")
	}
	if len(unknown) > 0 {
		b.misplaced(place{sheet: name, row: 1}, "", b.lettered(name, unknown)+" with a heading that is not known: put it right, or empty it to have the column left aside")
	}
	return absent
}

// lettered are columns, with the letters and the headings of the first of them.
func (b *book) lettered(name string, columns []int) string {
	const most = 4
	var said []string
	for _, k := range columns[:min(len(columns), most)] {
		said = append(said, letter(k)+" ("+quoted(b.headings[name][k])+")")
	}
	if more := len(columns) - len(said); more > 0 {
		said = append(said, strconv.Itoa(more)+" more")
	}
	if len(columns) == 1 {
		return "there is the column " + said[0]
	}
	return "there are the columns " + listed(said, "and")
}

// foreign tells whether a heading is one of texts in a language that the workbook
// does not name, and which.
func (b *book) foreign(heading string) (tag string, ok bool) {
	heading = strings.TrimSuffix(strings.TrimSuffix(heading, " origin"), " review")
	name, tag, isText := textHeading(heading)
	return tag, isText && slices.Contains(itemTexts, name) && !slices.Contains(b.tags, tag)
}

// unused tells cells that mean nothing in a row of this kind: they would be lost.
func (b *book) unused(r row, kind string, names ...string) {
	for heading, value := range r.cells {
		name, _, isText := textHeading(heading)
		if slices.Contains(names, heading) || isText && slices.Contains(names, name) {
			b.wrong(b.cell(r, heading), value, "it has no meaning in the row of "+kind+": empty the cell")
		}
	}
}

// heading is the place of a heading.
func (b *book) heading(name string, k int) place {
	return place{sheet: name, row: 1, column: letter(k)}
}

// cell is the place of a cell, by its heading.
func (b *book) cell(r row, heading string) place {
	k, ok := b.columns[r.sheet][heading]
	if !ok {
		return place{sheet: r.sheet, row: r.n, column: "“" + heading + "”"}
	}
	return place{sheet: r.sheet, row: r.n, column: letter(k) + " (" + quoted(b.headings[r.sheet][k]) + ")"}
}

func letter(k int) string {
	name, err := excelize.ColumnNumberToName(k + 1)
	if err != nil {
		return strconv.Itoa(k + 1)
	}
	return name
}

// place says in which cell a path leads to.
func (b *book) place(at path) place {
	for n := len(at); n > 0; n-- {
		r, ok := b.rows[strings.Join(at[:n], "/")]
		if !ok {
			continue
		}
		if heading := b.headingFor(r.sheet, at[n:]); heading != "" {
			return b.cell(r, heading)
		}
		return place{sheet: r.sheet, row: r.n}
	}
	switch {
	case len(at) == 0:
		return place{words: "the workbook"}
	case at[0] == "scale":
		return place{sheet: sheetScale}
	case at[0] == "principles":
		return place{sheet: sheetItems}
	case slices.Contains([]string{"title", "notice", "prompt"}, at[0]):
		return place{sheet: sheetEdition, named: column{at[0], b.tags[0]}.heading()}
	}
	return place{sheet: sheetEdition, named: plain(at[0])}
}

// headingFor is the column in which the rest of a path stands, below its row;
// empty where it is the whole row.
func (b *book) headingFor(name string, rest path) string {
	origin := ""
	if n := len(rest); n > 0 && (rest[n-1] == "origin" || rest[n-1] == "review") {
		origin = " " + rest[n-1]
	}
	tag := func(k int) string {
		if k < len(rest) {
			return rest[k]
		}
		return b.tags[0]
	}
	switch {
	case name == sheetEdition:
		return cmp.Or(strings.TrimSpace(origin), "value")
	case len(rest) == 0, rest[0] == "outcomes", rest[0] == "indicators":
		return ""
	case rest[0] == "title" && len(rest) > 1:
		return column{rest[1], tag(2)}.heading() + origin
	case rest[0] == textShort, rest[0] == textPrompt:
		return column{rest[0], tag(1)}.heading() + origin
	case rest[0] == "value":
		return "id"
	}
	return rest[0]
}

// findings are the faults of the edition with their cells, beside those of single
// cells: one a cell, in the order of the workbook.
func (b *book) findings(faults []fault) []finding {
	list := slices.Clone(b.cells)
	known := map[place]bool{}
	for _, f := range list {
		known[f.place] = true
	}
	faults = slices.SortedStableFunc(slices.Values(faults), func(x, y fault) int { return inOrder(x.at, y.at) })
	for _, f := range faults {
		one := finding{place: b.place(f.at), found: f.found, rule: f.rule}
		if known[one.place] {
			continue
		}
		if rest, ok := strings.CutPrefix(one.rule, "it is empty"); ok && one.named != "" {
			one.rule = "it is missing" + rest
		}
		if f.other != nil {
			one.other = b.place(f.other).String()
		}
		list = append(list, one)
	}
	order := []string{"", sheetEdition, sheetLanguages, sheetScale, sheetItems}
	slices.SortStableFunc(list, func(x, y finding) int {
		return cmp.Or(cmp.Compare(slices.Index(order, x.sheet), slices.Index(order, y.sheet)), cmp.Compare(x.row, y.row), cmp.Compare(x.column, y.column))
	})
	return list
}
