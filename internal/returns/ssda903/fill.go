package ssda903

import (
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/places"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
)

// fill reads the cells that a row can do without: what cannot be read is left
// blank and told. Child, first and last day are in s already.
func (r *reader) fill(s *rowState, cells []string) {
	for i := range r.spec.columns {
		c := &r.spec.columns[i]
		text := cells[i]
		switch c.role {
		case roleHome:
			s.home = text
			continue
		case rolePlacement:
			s.place = text
			continue
		case roleChild, roleDropped:
			continue
		}
		if text == "" {
			if c.role == roleCode && c.marks {
				r.tell(s.number, i, "missing-code", "The cell is empty: the row is taken without this code. Fill it in and import the file again.")
			}
			continue
		}
		r.cell(s, i, text)
	}
	if band := distanceBand(s.home, s.place); band != "" {
		r.blocks.add(DistanceBand, band)
	}
}

// cell reads one cell that is not blank.
func (r *reader) cell(s *rowState, i int, text string) {
	c := &r.spec.columns[i]
	switch c.role {
	case roleCoded:
		if code, ok := r.code(s, i, text); ok {
			r.blocks.add(c.name, code)
		}
	case roleCode:
		s.fact.Code, _ = r.code(s, i, text)
	case roleBirth:
		r.birth(s, i, text)
	case roleSex:
		s.who.Sex, _ = r.code(s, i, text)
		if s.fact.Kind == care.Person {
			s.fact.Code = s.who.Sex
		}
	case roleEthnic:
		if code, ok := r.code(s, i, text); ok {
			s.who.Ethnicity = code
			r.blocks.add(c.name, code)
		}
	case roleUPN:
		r.upn(s, i, text)
	case roleBegan:
		r.dayForm(i, text)
		r.tellAhead(s, i, s.fact.Began)
	case roleEnded:
		r.dayForm(i, text)
		r.tellAhead(s, i, s.fact.Ended)
	case rolePlanned, roleDay:
		r.day(s, i, text)
	case roleScore:
		r.score(s, i, text)
	case roleURN:
		r.urn(s, i, text)
	case roleAuthority:
		r.authority(s, i, text)
	}
}

// code finds the code that a cell means, and tells where it is written in
// another way or is none.
func (r *reader) code(s *rowState, i int, text string) (string, bool) {
	if r.last[i] == text {
		return r.last[i], true
	}
	code, known := r.spec.columns[i].codes.lookup(text)
	if !known {
		r.tell(s.number, i, "unknown-code", shown.Cell(text)+" is no code of this column: the cell is left blank. Use one of the return's codes.")
		return "", false
	}
	if code != text {
		r.observed(i, text, code)
	} else {
		r.last[i] = code
	}
	return code, true
}

// observed counts a value that is read as something else than it says. The value
// is one that may be shown.
func (r *reader) observed(i int, text, takenAs string) {
	key := readAsKey{i, text}
	place, ok := r.readAs[key]
	if !ok {
		if r.distinct[i]++; r.distinct[i] > table.MostReadAs {
			key.observed, takenAs = table.MoreValues, table.NotListed
			if place, ok = r.readAs[key]; ok {
				r.out.ReadAs[place].Count++
				return
			}
		}
		place = len(r.out.ReadAs)
		text = strings.Clone(key.observed)
		r.readAs[readAsKey{i, text}] = place
		r.out.ReadAs = append(r.out.ReadAs, table.ReadAs{Column: r.names[i], Observed: text, TakenAs: takenAs})
	}
	r.out.ReadAs[place].Count++
}

// dayForm tells a day that does not stand in the cell as it was read: a
// spreadsheet's number (in a workbook a person sees the day, so there is nothing to
// tell), a year of two figures, a time of day that was left out.
func (r *reader) dayForm(i int, text string) {
	if len(text) == 10 && text[2] == '/' {
		return // as the return asks
	}
	d, form := r.days.Parse(text)
	switch {
	case form == cell.Timed:
		r.observed(i, cell.TimedDays, cell.ADayAlone)
	case form == cell.Plain, form == cell.Serial && r.workbook:
	case r.spec.columns[i].role == roleBirth:
		r.observed(i, cell.ShortDays, cell.WholeDays) // a date of birth stands in no report
	default:
		r.observed(i, text, string(d))
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
		if s.fact.Began.Known() && s.fact.Began < d {
			r.tell(s.number, i, "before-birth", "The date of birth is after "+s.fact.Began.Long()+" in the same row: the row is taken as it stands. Check both.")
		}
	}
}

// upn goes to the identity; UN1 to UN7 say only why there is none, and would
// make strangers look alike.
func (r *reader) upn(s *rowState, i int, text string) {
	upn := strings.ToUpper(text)
	switch {
	case len(upn) == 3 && upn[:2] == "UN" && upn[2] >= '1' && upn[2] <= '7':
		r.blocks.add("UPN", upn)
	case cell.UPN(upn):
		s.who.UPN = strings.Clone(upn)
	default:
		r.tell(s.number, i, "unknown-code", "This is no unique pupil number (13 letters and digits) and none of UN1 to UN7: it is left blank.")
		return
	}
	if upn != text {
		r.observed(i, cell.SmallLetters, cell.Capitals) // a pupil's number stands in no report
	}
}

func (r *reader) day(s *rowState, i int, text string) {
	c := &r.spec.columns[i]
	d, form := r.days.Parse(text)
	switch {
	case form == cell.NoDay:
		r.tell(s.number, i, "impossible-date", shown.Cell(text)+" is no day: the cell is left blank. Write it as 31/03/2026.")
	case c.role == rolePlanned:
		r.dayForm(i, text)
		s.fact.Ended = d
	default:
		r.dayForm(i, text)
		r.tellAhead(s, i, d)
		r.blocks.add(c.name, string(d))
		r.happened(d)
	}
}

func (r *reader) score(s *rowState, i int, text string) {
	score := strings.TrimSuffix(text, ".0")
	n, err := strconv.Atoi(score)
	if err != nil || n < 0 || n > 40 || len(score) > 2 {
		r.tell(s.number, i, "unknown-code", shown.Cell(text)+" is no score of 0 to 40: the cell is left blank.")
		return
	}
	if score != text {
		r.observed(i, text, score)
	}
	r.blocks.add(r.spec.columns[i].name, strings.Clone(score))
}

// urn keeps the number of a placement, and nothing else that might stand there: a
// name, a postcode, a telephone number.
func (r *reader) urn(s *rowState, i int, text string) {
	name := r.spec.columns[i].name
	if kept, seen := r.references[text]; seen {
		r.blocks.add(name, kept)
		return
	}
	if !isURN(text) {
		r.tell(s.number, i, "unknown-code", "This is no number of a placement (two letters at most, and four to eight figures; or XXXXXXX): it is left blank.")
		return
	}
	// The same text in memory of its own: a cell shares its memory with the rest of
	// the file, where postcodes stand.
	kept := strings.Clone(text)
	r.references[kept] = kept
	r.blocks.add(name, kept)
}

// isURN tells the numbers that Ofsted and the Department for Education give
// (SC012345, 1234567, 123456), and the mark for a placement that has none.
func isURN(text string) bool {
	letters := 0
	for letters < len(text) && isLetter(text[letters]) {
		letters++
	}
	if letters == len(text) {
		return len(text) >= 5 && len(text) <= 8 && strings.Trim(text, "Xx") == ""
	}
	figures := text[letters:]
	return letters <= 2 && len(figures) >= 4 && len(figures) <= 8 && strings.Trim(figures, "0123456789") == ""
}

// authority keeps the authority of an earlier permanence: its number, or its name
// where that is known.
func (r *reader) authority(s *rowState, i int, text string) {
	kept, known := strings.TrimSuffix(text, ".0"), false
	if len(kept) == 3 && strings.Trim(kept, "0123456789") == "" {
		known = true
	} else {
		kept, known = places.Find(text)
	}
	if !known {
		r.tell(s.number, i, "unknown-code", "This names no authority: the cell is left blank. Give the authority's number or name.")
		return
	}
	if kept != text {
		r.observed(i, places.ReadAs(text), kept)
	}
	r.blocks.add(r.spec.columns[i].name, strings.Clone(kept))
}
