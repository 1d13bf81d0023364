package cin

import (
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
)

// code is the code in the first element of a name; empty where there is none or
// it is unknown, which is told.
func (b *builder) code(n *node, element string, set codeSet) string {
	if found := n.first(element); found != nil {
		return b.codeOf(found, set)
	}
	return ""
}

func (b *builder) codeOf(n *node, set codeSet) string {
	if b.blank(n) {
		return ""
	}
	code, known := set.lookup(n.own)
	if !known {
		b.tell(n.name, "unknown-code", shown.Cell(n.own)+" is no code of the census: it is left out. Use one of the census's codes.")
		return ""
	}
	if code != n.own {
		b.observed(n.name, n.own, code)
	}
	return code
}

// blank tells an element that says nothing; a sign for that is told.
func (r *reader) blank(n *node) bool {
	switch {
	case n.own == "":
		return true
	case cell.Sign(n.own):
		r.observed(n.name, shown.ReadAs(n.own), cell.Blank)
		return true
	}
	return false
}

// day is a day that may lie ahead; what is no day is told and left blank.
func (b *builder) day(n *node, element string) date.Date {
	if found := n.first(element); found != nil {
		return b.dayOf(found)
	}
	return ""
}

func (b *builder) dayOf(n *node) date.Date {
	if b.blank(n) {
		return ""
	}
	d, ok := b.read(n)
	if !ok {
		b.tell(n.name, "impossible-date", "This is no day: it is left blank. Write it as 2026-03-31.")
	}
	return d
}

// past is a day that must have come; one that has not is told and left blank.
func (b *builder) past(n *node, element string) date.Date {
	if found := n.first(element); found != nil {
		return b.pastOf(found)
	}
	return ""
}

func (b *builder) pastOf(n *node) date.Date {
	d := b.dayOf(n)
	if b.ahead(d) {
		b.tell(n.name, "future-date", "The day "+d.Long()+" has not come yet: it is left blank. Mend the date.")
		return ""
	}
	return d
}

func (r *reader) ahead(d date.Date) bool { return r.today.Known() && d > r.today }

// happened counts a day on which the census says that something was, and apart
// from them those on which something ended.
func (r *reader) happened(d date.Date, ended bool) {
	switch {
	case r.ahead(d):
	case ended:
		r.out.Years.AddEnd(d)
	default:
		r.out.Years.Add(d)
	}
}

// read reads a day, and tells one that does not stand there as it was read.
func (b *builder) read(n *node) (date.Date, bool) {
	d, form := cell.Days().Parse(n.own)
	switch form {
	case cell.Timed:
		b.observed(n.name, cell.TimedDays, cell.ADayAlone)
	case cell.Guessed, cell.Serial:
		if strings.EqualFold(n.name, "PersonBirthDate") {
			b.observed(n.name, cell.ShortDays, cell.WholeDays)
		} else {
			b.observed(n.name, n.own, string(d))
		}
	}
	return d, form != cell.NoDay
}

// parseDay reads a day of the header.
func parseDay(text string) (date.Date, bool) {
	d, form := cell.Days().Parse(text)
	return d, form != cell.NoDay
}
