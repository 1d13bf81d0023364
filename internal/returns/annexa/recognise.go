package annexa

import (
	"fmt"
	"strings"

	"stablefutures/internal/returns/table"
)

// sheetNames are words by which sheets are called, folded, to the list's number.
var sheetNames = map[string]string{
	"contacts": "1", "early help": "2", "referrals": "3", "assessments": "4", "sec47 and icpc": "5", "children in need": "6",
	"child protection": "7", "children in care": "8", "care leavers": "9", "adoption": "10", "adopters": "11",
}

// Recognise tells which list a header belongs to, by its columns in any order.
// The sheet's name helps only where the columns leave a doubt: a list of which
// one of the telling columns is missing is taken for what its sheet says, if most
// of that list's columns are there.
func Recognise(sheetName string, header []string) (table.Kind, bool) {
	if len(header) < 3 {
		return "", false
	}
	said := listNumber(sheetName)
	var best *spec
	most := 0
	for i := range specs {
		s := &specs[i]
		n, marked, who := s.matched(header)
		if !marked && (!who || s.number != said || 5*n < 3*len(s.columns)) {
			continue
		}
		if n > most || n == most && s.number == said {
			best, most = s, n
		}
	}
	if best == nil {
		return "", false
	}
	return best.kind, true
}

// listNumber is the number of the list that a sheet's name says; empty for none.
func listNumber(sheetName string) string {
	name := fold(sheetName)
	if number, ok := sheetNames[name]; ok {
		return number
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, "annex a "), "annexa ")
	if number, ok := strings.CutPrefix(name, "list"); ok {
		return strings.TrimLeft(number, " 0")
	}
	return ""
}

// matched counts the list's columns in a header; marked tells whether all are
// there by which it is told, who whether the column of ids is.
func (s *spec) matched(header []string) (n int, marked, who bool) {
	where, _ := s.layout(header)
	marked = true
	for i, at := range where {
		switch {
		case at >= 0:
			n++
			who = who || s.columns[i].role == roleChild
		case s.columns[i].marks:
			marked = false
		}
	}
	return n, marked, who
}

// Hint says of a header that is not recognised which list it comes nearest to
// and what is missing; empty where it looks like none.
func Hint(header []string) string {
	var best *spec
	most := 5 // the columns about the person stand in every list
	for i := range specs {
		if n, _, _ := specs[i].matched(header); n > most && 2*n > len(specs[i].columns) {
			best, most = &specs[i], n
		}
	}
	if best == nil {
		return ""
	}
	var missing []string
	where, _ := best.layout(header)
	for i, at := range where {
		if at < 0 && best.columns[i].marks {
			missing = append(missing, best.columns[i].name)
		}
	}
	return fmt.Sprintf("it looks like list %s of Annex A (%s), but the column %s is missing", best.number, best.name, strings.Join(missing, ", "))
}
