package annexa

import (
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
)

// rowState is one row while it is read.
type rowState struct {
	number int
	cells  []string // in the order of the spec's columns, trimmed
	key    string
	child  string
	fact   care.Fact
	away   []care.Detail // what the row says about being missing
	uasc   bool
	who    care.Identity
}

// facts are what the row says, the list's own fact first. Annex A gives no day on
// which an unaccompanied child's status began or ceased.
func (s *rowState) facts() []care.Fact {
	facts := []care.Fact{s.fact}
	if s.uasc {
		facts = append(facts, care.Fact{Kind: care.Uasc})
	}
	if len(s.away) > 0 {
		facts = append(facts, care.Fact{Kind: care.MissingInLastYear, Details: s.away})
	}
	return facts
}

// nothing are signs for an empty cell that programs and people write.
var nothing = map[string]bool{"-": true, "--": true, ".": true, "..": true, "n/a": true, "na": true, "nan": true, "null": true, "pd.na": true, "nat": true}

// isError tells what a spreadsheet shows where a formula failed.
func isError(cell string) bool { return strings.HasPrefix(cell, "#") }

// begin reads what a row cannot do without: the child, the first and the last day.
func (r *reader) begin(s *rowState) *fault {
	for i := range r.spec.columns {
		var f *fault
		switch cell := s.cells[i]; r.spec.columns[i].role {
		case roleChild:
			s.child = strings.TrimSuffix(cell, ".0")
			f = checkChild(i, s.child)
		case roleBegan, roleMayBegin:
			s.fact.Began, f = r.began(i, cell)
		case roleEnded:
			s.fact.Ended, f = r.ended(i, cell, s.fact.Began)
		}
		if f != nil {
			return f
		}
	}
	return nil
}

func (r *reader) began(i int, cell string) (date.Date, *fault) {
	if nothing[strings.ToLower(cell)] {
		cell = ""
	}
	if cell == "" {
		if r.spec.columns[i].role == roleMayBegin {
			return "", nil
		}
		return "", missingDate(i)
	}
	d, ok := parseDay(cell)
	if !ok {
		return "", badDate(i, cell)
	}
	return d, nil
}

func (r *reader) ended(i int, cell string, began date.Date) (date.Date, *fault) {
	if cell == "" || nothing[strings.ToLower(cell)] {
		return "", nil
	}
	d, ok := parseDay(cell)
	switch {
	case !ok:
		return "", badEnd(i, cell)
	case d < began:
		return "", endBeforeBegin(i, began, d)
	}
	return d, nil
}

// fill reads the cells that a row can do without: what cannot be read is left
// blank and told.
func (r *reader) fill(s *rowState) {
	for i := range r.spec.columns {
		c, cell := &r.spec.columns[i], s.cells[i]
		switch {
		case c.role == roleDropped || c.role == roleChild:
		case cell == "":
			if c.role == roleCode && c.marks && r.where[i] >= 0 {
				r.tell(s.number, i, "missing-code", "The cell is empty: the row is taken without this code. Fill it in and import the file again.")
			}
		case nothing[strings.ToLower(cell)] || isError(cell):
			r.observed(i, cell, "(blank)")
		default:
			r.cell(s, i, cell)
		}
	}
}

// cell reads one cell that is not blank.
func (r *reader) cell(s *rowState, i int, cell string) {
	c := &r.spec.columns[i]
	switch c.role {
	case roleBirth:
		r.birth(s, i, cell)
	case roleSex:
		r.sex(s, i, cell)
	case roleEthnic:
		r.ethnic(s, i, cell)
	case roleBegan, roleMayBegin:
		r.serial(i, cell)
		r.tellAhead(s, i, s.fact.Began)
	case roleEnded:
		r.serial(i, cell)
		r.tellAhead(s, i, s.fact.Ended)
	case roleDay:
		r.day(s, i, cell)
	case roleCode:
		if code, ok := r.code(s.number, i, cell); ok && isCode(code) {
			s.fact.Code = code
		} else if ok {
			s.detail(c.name, code)
		}
	case roleCoded, rolePlace:
		if code, ok := r.code(s.number, i, cell); ok {
			s.detail(c.name, code)
		}
	case roleCount:
		if n, ok := r.count(s.number, i, cell); ok {
			s.detail(c.name, n)
		}
	case roleUasc:
		if code, ok := r.code(s.number, i, cell); ok {
			s.uasc = code == yes
			s.detail(c.name, code)
		}
	case roleAway:
		r.awayCell(s, i, cell)
	}
}

func (s *rowState) detail(name, value string) {
	s.fact.Details = append(s.fact.Details, care.Detail{Name: name, Value: strings.TrimPrefix(value, unsaid)})
}

// isCode tells a code of the return from words that say less than one.
func isCode(code string) bool { return !strings.HasPrefix(code, unsaid) && code != unknown }

func (r *reader) awayCell(s *rowState, i int, cell string) {
	c := &r.spec.columns[i]
	value, ok := "", false
	if c.set == nil {
		value, ok = r.count(s.number, i, cell)
	} else {
		value, ok = r.code(s.number, i, cell)
	}
	if ok {
		s.away = append(s.away, care.Detail{Name: c.name, Value: value})
	}
}

// sex goes to the identity; neither male nor female is kept in words too.
func (r *reader) sex(s *rowState, i int, cell string) {
	code, ok := r.code(s.number, i, cell)
	if !ok {
		return
	}
	if code == "NEITHER" {
		s.detail(r.spec.columns[i].name, "neither male nor female")
		code = "U"
	}
	s.who.Sex = code
}

// ethnic goes to the identity as a code; what says less is kept in words.
func (r *reader) ethnic(s *rowState, i int, cell string) {
	code, ok := r.code(s.number, i, cell)
	switch {
	case !ok:
	case strings.HasPrefix(code, unsaid):
		s.detail(r.spec.columns[i].name, code+", which is not said")
	case code == "UNKNOWN":
		s.detail(r.spec.columns[i].name, code)
	default:
		s.who.Ethnicity = code
	}
}

// tellAhead tells a day that has not come yet. It is taken as sent, so that what a
// file is read as does not change from one day to the next.
func (r *reader) tellAhead(s *rowState, i int, d date.Date) {
	if r.ahead(d) {
		r.tell(s.number, i, "future-date", "The day "+d.Long()+" has not come yet: it is taken as sent. Check the date.")
	}
}

func (r *reader) birth(s *rowState, i int, cell string) {
	d, ok := parseDay(cell)
	switch {
	case !ok:
		r.tell(s.number, i, "impossible-date", quoted(cell)+" is no day: the date of birth is left blank. Write it as 31/03/2010.")
	case r.ahead(d):
		r.tell(s.number, i, "future-date", "A date of birth of "+d.Long()+" has not come yet: it is left blank. Mend it.")
	default:
		r.serial(i, cell)
		s.who.BirthDate = d
		if s.fact.Began.Known() && s.fact.Began < d && s.fact.Kind == care.LookedAfter { // other work may begin before a birth
			r.tell(s.number, i, "before-birth", "The date of birth, "+d.Long()+", is after "+s.fact.Began.Long()+" in the same row: the row is taken as it stands. Check both.")
		}
	}
}

func (r *reader) day(s *rowState, i int, cell string) {
	d, ok := parseDay(cell)
	switch {
	case !ok:
		r.tell(s.number, i, "impossible-date", quoted(cell)+" is no day: the cell is left blank. Write it as 31/03/2026.")
	default:
		r.serial(i, cell)
		r.tellAhead(s, i, d)
		s.detail(r.spec.columns[i].name, string(d))
		r.happened(d)
	}
}

// serial tells a spreadsheet's number that was read as a day. In a workbook a
// person sees the day, so there is nothing to tell.
func (r *reader) serial(i int, cell string) {
	if d, ok := serialDay(cell); ok && r.out.Sheet == "" {
		r.observed(i, cell, string(d))
	}
}

// maxCount is the largest number of episodes, placements or plans believed.
const maxCount = 1000

func (r *reader) count(number, i int, cell string) (string, bool) {
	text := strings.TrimSuffix(cell, ".0")
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxCount {
		r.tell(number, i, "impossible-number", quoted(cell)+" is no number of this column: the cell is left blank. Write a whole number.")
		return "", false
	}
	if strconv.Itoa(n) != cell {
		r.observed(i, cell, strconv.Itoa(n))
	}
	return strconv.Itoa(n), true
}

// code finds the code that a cell means, and tells where it is written in
// another way or is none.
func (r *reader) code(number, i int, cell string) (string, bool) {
	c := &r.spec.columns[i]
	code, known := "", false
	if c.role == rolePlace {
		code, known = place(cell)
	} else {
		code, known = c.set.lookup(cell)
	}
	if !known {
		r.tell(number, i, "unknown-code", quoted(cell)+" is no code of this column, and its words are not known: the cell is left blank. Use one of the codes of Annex A.")
		return "", false
	}
	if !saysItself(cell, code) {
		r.observed(i, cell, strings.TrimPrefix(code, unsaid))
	}
	return code, true
}

// saysItself tells a cell that is written as its code, with or without Ofsted's
// letter before it.
func saysItself(cell, code string) bool {
	upper := strings.ToUpper(cell)
	return strings.EqualFold(cell, code) || strings.EqualFold(letter.ReplaceAllString(upper, ""), code)
}
