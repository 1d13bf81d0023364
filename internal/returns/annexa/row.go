package annexa

import (
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/places"
	"stablefutures/internal/returns/shown"
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

// begin reads what a row cannot do without: the child, the first and the last day.
func (r *reader) begin(s *rowState) *fault {
	for i := range r.spec.columns {
		var f *fault
		switch text := s.cells[i]; r.spec.columns[i].role {
		case roleChild:
			id, point := cell.TrimPoint(text)
			if s.child = id; point {
				r.observed(i, cell.IDsWithPoint, cell.IDsWithoutPoint)
			}
			f = checkChild(i, id)
		case roleBegan, roleMayBegin:
			s.fact.Began, f = r.began(i, text)
		case roleEnded:
			s.fact.Ended, f = r.ended(i, text, s.fact.Began)
		}
		if f != nil {
			return f
		}
	}
	return nil
}

func (r *reader) began(i int, text string) (date.Date, *fault) {
	switch {
	case r.spec.columns[i].role == roleMayBegin && cell.Empty(text):
		return "", nil
	case text == "" || cell.Sign(text):
		return "", missingDate(i)
	}
	d, form := r.days.Parse(text)
	if form == cell.NoDay {
		return "", badDate(i, text)
	}
	return d, nil
}

// ended reads a last day. A failed formula is not taken for blank, which would say
// that it still goes on.
func (r *reader) ended(i int, text string, began date.Date) (date.Date, *fault) {
	if text == "" || cell.Sign(text) {
		return "", nil
	}
	d, form := r.days.Parse(text)
	switch {
	case form == cell.NoDay:
		return "", badEnd(i, text)
	case d < began:
		return "", endBeforeBegin(i, began, d)
	}
	return d, nil
}

// fill reads the cells that a row can do without: what cannot be read is left
// blank and told.
func (r *reader) fill(s *rowState) {
	for i := range r.spec.columns {
		c, text := &r.spec.columns[i], s.cells[i]
		switch {
		case c.role == roleDropped || c.role == roleChild:
		case text == "":
			if c.role == roleCode && c.marks && r.where[i] >= 0 {
				r.tell(s.number, i, "missing-code", "The cell is empty: the row is taken without this code. Fill it in and import the file again.")
			}
		case cell.Empty(text):
			r.observed(i, text, cell.Blank)
		default:
			r.cell(s, i, text)
		}
	}
}

// cell reads one cell that is not blank.
func (r *reader) cell(s *rowState, i int, text string) {
	c := &r.spec.columns[i]
	switch c.role {
	case roleBirth:
		r.birth(s, i, text)
	case roleSex:
		r.sex(s, i, text)
	case roleEthnic:
		r.ethnic(s, i, text)
	case roleBegan, roleMayBegin:
		r.dayForm(i, text)
		r.tellAhead(s, i, s.fact.Began)
	case roleEnded:
		r.dayForm(i, text)
		r.tellAhead(s, i, s.fact.Ended)
	case roleDay:
		r.day(s, i, text)
	case roleCode:
		if code, ok := r.code(s.number, i, text); ok && isCode(code) {
			s.fact.Code = code
		} else if ok {
			s.detail(c.name, code)
		}
	case roleCoded, rolePlace:
		if code, ok := r.code(s.number, i, text); ok {
			s.detail(c.name, code)
		}
	case roleCount:
		if n, ok := r.count(s.number, i, text); ok {
			s.detail(c.name, n)
		}
	case roleUasc:
		if code, ok := r.code(s.number, i, text); ok {
			s.uasc = code == yes
			s.detail(c.name, code)
		}
	case roleAway:
		r.awayCell(s, i, text)
	}
}

func (s *rowState) detail(name, value string) {
	s.fact.Details = append(s.fact.Details, care.Detail{Name: name, Value: strings.TrimPrefix(value, unsaid)})
}

// isCode tells a code of the return from words that say less than one.
func isCode(code string) bool { return !strings.HasPrefix(code, unsaid) && code != unknown }

func (r *reader) awayCell(s *rowState, i int, text string) {
	c := &r.spec.columns[i]
	value, ok := "", false
	if c.set == nil {
		value, ok = r.count(s.number, i, text)
	} else {
		value, ok = r.code(s.number, i, text)
	}
	if ok {
		s.away = append(s.away, care.Detail{Name: c.name, Value: value})
	}
}

// sex goes to the identity; neither male nor female is kept in words too.
func (r *reader) sex(s *rowState, i int, text string) {
	code, ok := r.code(s.number, i, text)
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
func (r *reader) ethnic(s *rowState, i int, text string) {
	code, ok := r.code(s.number, i, text)
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

func (r *reader) birth(s *rowState, i int, text string) {
	d, form := r.days.Parse(text)
	switch {
	case form == cell.NoDay:
		r.tell(s.number, i, "impossible-date", shown.Cell(text)+" is no day: the date of birth is left blank. Write it as 31/03/2010.")
	case r.ahead(d):
		r.tell(s.number, i, "future-date", "A date of birth of "+d.Long()+" has not come yet: it is left blank. Mend it.")
	default:
		r.dayForm(i, text)
		s.who.BirthDate = d
		if s.fact.Began.Known() && s.fact.Began < d && s.fact.Kind == care.LookedAfter { // other work may begin before a birth
			r.tell(s.number, i, "before-birth", "The date of birth is after "+s.fact.Began.Long()+" in the same row: the row is taken as it stands. Check both.")
		}
	}
}

func (r *reader) day(s *rowState, i int, text string) {
	d, form := r.days.Parse(text)
	if form == cell.NoDay {
		r.tell(s.number, i, "impossible-date", shown.Cell(text)+" is no day: the cell is left blank. Write it as 31/03/2026.")
		return
	}
	r.dayForm(i, text)
	r.tellAhead(s, i, d)
	s.detail(r.spec.columns[i].name, string(d))
	r.happened(d)
}

// dayForm tells a day that does not stand in the cell as it was read: a
// spreadsheet's number (in a workbook a person sees the day, so there is nothing to
// tell), a year of two figures, a time of day that was left out.
func (r *reader) dayForm(i int, text string) {
	d, form := r.days.Parse(text)
	switch {
	case form == cell.Timed:
		r.observed(i, cell.TimedDays, cell.ADayAlone)
	case form == cell.Plain, form == cell.Serial && r.out.Sheet != "":
	case r.spec.columns[i].role == roleBirth:
		r.observed(i, cell.ShortDays, cell.WholeDays) // a date of birth stands in no report
	default:
		r.observed(i, text, string(d))
	}
}

// maxCount is the largest number of episodes, placements or plans believed.
const maxCount = 1000

func (r *reader) count(number, i int, text string) (string, bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
	if err != nil || n < 0 || n > maxCount {
		r.tell(number, i, "impossible-number", shown.Cell(text)+" is no number of this column: the cell is left blank. Write a whole number.")
		return "", false
	}
	if strconv.Itoa(n) != text {
		r.observed(i, text, strconv.Itoa(n))
	}
	return strconv.Itoa(n), true
}

// code finds the code that a cell means, and tells where it is written in
// another way or is none.
func (r *reader) code(number, i int, text string) (string, bool) {
	m := r.meaning(i, text)
	if !m.known {
		r.tell(number, i, "unknown-code", shown.Cell(text)+" is no code of this column, and its words are not known: the cell is left blank. Use one of the codes of Annex A.")
		return "", false
	}
	if !m.itself {
		r.observed(i, text, strings.TrimPrefix(m.code, unsaid))
	}
	return m.code, true
}

// meaning is what a cell means in a column, and whether it says just that.
type meaning struct {
	code          string
	known, itself bool
}

type meaningKey struct {
	column int
	text   string
}

// meaning remembers what it found: rows repeat themselves, and the rules for words
// are many.
func (r *reader) meaning(i int, text string) meaning {
	key := meaningKey{i, text}
	if m, seen := r.meanings[key]; seen {
		return m
	}
	c := &r.spec.columns[i]
	var m meaning
	if c.role == rolePlace {
		m.code, m.known = places.Find(text)
	} else {
		m.code, m.known = c.set.lookup(text)
	}
	m.itself = m.known && saysItself(text, m.code)
	if len(r.meanings) < keptReadAs {
		key.text = strings.Clone(text) // apart from the file's memory
		r.meanings[key] = m
	}
	return m
}

// saysItself tells a cell that is written as its code, with or without Ofsted's
// letter before it. Words may have other capitals; a code in small letters is read
// as something else than it says.
func saysItself(text, code string) bool {
	rest := anyLetter.ReplaceAllString(text, "")
	if code == strings.ToUpper(code) {
		return text == code || rest == code
	}
	return strings.EqualFold(text, code) || strings.EqualFold(rest, code)
}
