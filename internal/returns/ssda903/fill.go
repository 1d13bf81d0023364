package ssda903

import (
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/table"
)

// fill reads the cells that a row can do without: what cannot be read is left
// blank and told. Child, first and last day are in s already.
func (r *reader) fill(s *rowState, cells []string) {
	for i := range r.spec.columns {
		c := &r.spec.columns[i]
		cell := cells[i]
		switch c.role {
		case roleHome:
			s.home = cell
			continue
		case rolePlacement:
			s.place = cell
			continue
		case roleChild, roleDropped:
			continue
		}
		if cell == "" {
			if c.role == roleCode && c.marks {
				r.tell(s.number, i, "missing-code", "The cell is empty: the row is taken without this code. Fill it in and import the file again.")
			}
			continue
		}
		r.cell(s, i, cell)
	}
	if band := distanceBand(s.home, s.place); band != "" {
		r.blocks.add(DistanceBand, band)
	}
}

// cell reads one cell that is not blank.
func (r *reader) cell(s *rowState, i int, cell string) {
	c := &r.spec.columns[i]
	switch c.role {
	case roleCoded:
		if code, ok := r.code(s, i, cell); ok {
			r.blocks.add(c.name, code)
		}
	case roleCode:
		s.fact.Code, _ = r.code(s, i, cell)
	case roleBirth:
		r.birth(s, i, cell)
	case roleSex:
		s.who.Sex, _ = r.code(s, i, cell)
		if s.fact.Kind == care.Person {
			s.fact.Code = s.who.Sex
		}
	case roleEthnic:
		if code, ok := r.code(s, i, cell); ok {
			s.who.Ethnicity = code
			r.blocks.add(c.name, code)
		}
	case roleUPN:
		r.upn(s, i, cell)
	case roleBegan:
		r.serial(i, cell)
		r.tellAhead(s, i, s.fact.Began)
	case roleEnded:
		r.serial(i, cell)
		r.tellAhead(s, i, s.fact.Ended)
	case rolePlanned, roleDay:
		r.day(s, i, cell)
	case roleScore, roleReference:
		r.text(s, i, cell)
	}
}

// code finds the code that a cell means, and tells where it is written in
// another way or is none.
func (r *reader) code(s *rowState, i int, cell string) (string, bool) {
	if r.last[i] == cell {
		return r.last[i], true
	}
	code, known := r.spec.columns[i].codes.lookup(cell)
	if !known {
		r.tell(s.number, i, "unknown-code", quoted(cell)+" is no code of this column: the cell is left blank. Use one of the return's codes.")
		return "", false
	}
	if code != cell {
		r.observed(i, cell, code)
	} else {
		r.last[i] = code
	}
	return code, true
}

// observed counts a value that is read as something else than it says.
func (r *reader) observed(i int, cell, takenAs string) {
	key := readAsKey{i, cell}
	place, ok := r.readAs[key]
	if !ok {
		place = len(r.out.ReadAs)
		cell = strings.Clone(cell)
		r.readAs[readAsKey{i, cell}] = place
		r.out.ReadAs = append(r.out.ReadAs, table.ReadAs{Column: r.names[i], Observed: cell, TakenAs: takenAs})
	}
	r.out.ReadAs[place].Count++
}

// serial tells a spreadsheet's number that was read as a day. In a workbook a
// person sees the day, so there is nothing to tell.
func (r *reader) serial(i int, cell string) {
	if r.workbook || !isSerial(cell) {
		return
	}
	if d, ok := r.days.parse(cell); ok {
		r.observed(i, cell, string(d))
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
	d, ok := r.days.parse(cell)
	switch {
	case !ok:
		r.tell(s.number, i, "impossible-date", quoted(cell)+" is no day: the date of birth is left blank. Write it as 31/03/2010.")
	case r.ahead(d):
		r.tell(s.number, i, "future-date", "A date of birth of "+d.Long()+" has not come yet: it is left blank. Mend it.")
	default:
		r.serial(i, cell)
		s.who.BirthDate = d
		if s.fact.Began.Known() && s.fact.Began < d {
			r.tell(s.number, i, "before-birth", "The date of birth, "+d.Long()+", is after "+s.fact.Began.Long()+" in the same row: the row is taken as it stands. Check both.")
		}
	}
}

// upn goes to the identity; UN1 to UN7 say only why there is none, and would
// make strangers look alike.
func (r *reader) upn(s *rowState, i int, cell string) {
	upn := strings.ToUpper(cell)
	switch {
	case len(upn) == 3 && upn[:2] == "UN" && upn[2] >= '1' && upn[2] <= '7':
		r.blocks.add("UPN", upn)
	case len(upn) == 13 && isReference(upn) && !strings.Contains(upn, " "):
		s.who.UPN = strings.Clone(upn)
	default:
		r.tell(s.number, i, "unknown-code", "This is no unique pupil number (13 letters and digits) and none of UN1 to UN7: it is left blank.")
		return
	}
	if upn != cell {
		r.observed(i, cell, upn)
	}
}

func (r *reader) day(s *rowState, i int, cell string) {
	c := &r.spec.columns[i]
	d, ok := r.days.parse(cell)
	switch {
	case !ok:
		r.tell(s.number, i, "impossible-date", quoted(cell)+" is no day: the cell is left blank. Write it as 31/03/2026.")
	case c.role == rolePlanned:
		r.serial(i, cell)
		s.fact.Ended = d
	default:
		r.serial(i, cell)
		r.tellAhead(s, i, d)
		r.blocks.add(c.name, string(d))
		r.happened(d)
	}
}

// text reads a score or a reference.
func (r *reader) text(s *rowState, i int, cell string) {
	c := &r.spec.columns[i]
	if c.role == roleScore {
		score := strings.TrimSuffix(cell, ".0")
		if n := number(score); n < 0 || n > 40 || len(score) > 2 {
			r.tell(s.number, i, "unknown-code", quoted(cell)+" is no score of 0 to 40: the cell is left blank.")
			return
		}
		if score != cell {
			r.observed(i, cell, score)
		}
		r.blocks.add(c.name, strings.Clone(score))
		return
	}
	if kept, seen := r.references[cell]; seen {
		r.blocks.add(c.name, kept)
		return
	}
	if !isReference(cell) {
		r.tell(s.number, i, "unknown-code", "The cell holds something else than a reference: it is left blank.")
		return
	}
	r.blocks.add(c.name, r.reference(cell))
}

// reference is the same text in memory of its own: a cell shares its memory with
// the rest of its row, where postcodes stand.
func (r *reader) reference(cell string) string {
	kept := strings.Clone(cell)
	r.references[kept] = kept
	return kept
}

// isReference tells whether a cell holds only what references hold, and no postcode.
func isReference(cell string) bool {
	if len(cell) > 40 || looksLikePostcode(cell) {
		return false
	}
	for i := range len(cell) {
		if c := cell[i]; !isLetter(c) && !isDigit(c) && c != ' ' && c != '-' {
			return false
		}
	}
	return true
}
