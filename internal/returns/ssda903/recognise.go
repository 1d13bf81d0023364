package ssda903

import (
	"fmt"
	"strings"

	"stablefutures/internal/returns/table"
)

// Recognise tells which table a header belongs to, by its columns in any order;
// the sheet's name says nothing that could be trusted. Where a header holds the
// columns of two tables, the one with more of its columns present is taken.
func Recognise(_ string, header []string) (table.Kind, bool) {
	have := present(header)
	var best *spec
	most := 0
	for i := range specs {
		s := &specs[i]
		if n, marked := s.matched(have); marked && n > most {
			best, most = s, n
		}
	}
	if best == nil {
		return "", false
	}
	return best.kind, true
}

// Hint says of a header that is not recognised which table it comes nearest to
// and what is missing; empty where it looks like none of them.
func Hint(header []string) string {
	have := present(header)
	var best *spec
	most := 2 // CHILD and DOB stand in every table
	for i := range specs {
		if n, _ := specs[i].matched(have); n > most {
			best, most = &specs[i], n
		}
	}
	if best == nil {
		return ""
	}
	var missing []string
	for _, c := range best.columns {
		if c.marks && !have[c.name] {
			missing = append(missing, c.name)
		}
	}
	return fmt.Sprintf("it looks like the SSDA903 table %s, but the column %s is missing", best.name, strings.Join(missing, ", "))
}

func present(header []string) map[string]bool {
	have := make(map[string]bool, len(header))
	for _, name := range header {
		have[canonical(name)] = true
	}
	return have
}

// matched counts the columns of the table that are present; marked tells whether
// all are by which the table is recognised.
func (s *spec) matched(have map[string]bool) (n int, marked bool) {
	marked = true
	for _, c := range s.columns {
		switch {
		case have[c.name] && !c.xmlOnly:
			n++
		case c.marks:
			marked = false
		}
	}
	return n, marked
}

// canonical is a header as the return writes it: capitals, underscores, no space
// around it and no byte order mark.
func canonical(name string) string {
	name = strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF")))
	name = strings.NewReplacer(" ", "_", "-", "_").Replace(name)
	if other, ok := otherNames[name]; ok {
		return other
	}
	return name
}
