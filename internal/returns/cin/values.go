package cin

import (
	"strconv"
	"strings"

	"stablefutures/internal/date"
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
	if n.own == "" {
		return ""
	}
	code, known := set.lookup(n.own)
	if !known {
		b.tell(n.name, "unknown-code", quoted(n.own)+" is no code of the census: it is left out. Use one of the census's codes.")
		return ""
	}
	if code != n.own {
		b.observed(n.name, n.own, code)
	}
	return code
}

// day is a day that may lie ahead; what is no day is told and left blank.
func (b *builder) day(n *node, element string) date.Date {
	if found := n.first(element); found != nil {
		return b.dayOf(found)
	}
	return ""
}

func (b *builder) dayOf(n *node) date.Date {
	if n.own == "" {
		return ""
	}
	d, ok := parseDay(n.own)
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

// happened counts a day on which the census says that something was.
func (r *reader) happened(d date.Date) {
	if !r.ahead(d) {
		r.out.Years.Add(d)
	}
}

// parseDay reads yyyy-mm-dd, a time behind it left out; years before 1900 and
// after 2100 are no days of a census.
func parseDay(text string) (date.Date, bool) {
	if len(text) > 10 && (text[10] == 'T' || text[10] == 'Z' || text[10] == '+') {
		text = text[:10]
	}
	d, err := date.Parse(text)
	if err != nil || d < "1900-01-01" || d > "2100-12-31" {
		return "", false
	}
	return d, true
}

// quoted shows a value in a message where it is short and in one piece.
func quoted(text string) string {
	if len(text) > 6 || strings.ContainsAny(text, " \t\n") {
		return "What stands there"
	}
	return strconv.Quote(text)
}
