package annexa

import (
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
)

// role is what a column is to the row in which it stands.
type role uint8

const (
	roleDropped  role = iota // never read
	roleChild                // who: without it the row is set aside
	roleBirth                // date of birth, to the identity
	roleSex                  // part of the identity
	roleEthnic               // part of the identity; a detail where it says less than a code
	roleBegan                // the fact's first day; must be there, must have come
	roleMayBegin             // the same, and may be blank
	roleEnded                // the fact's last day; blank means still running, so a bad one sets the row aside
	roleDay                  // a day among the details
	roleCode                 // the fact's code
	roleCoded                // a code among the details
	roleCount                // a number among the details
	roleUasc                 // yes makes a fact of its own
	roleAway                 // a number or an answer about being missing: a fact of its own
	rolePlace                // the authority of the placement, among the details
)

// column is one column of a list.
type column struct {
	name string // as Ofsted's template writes it; the name of the detail
	text string // the same, folded
	like []rule // other headers that are this column
	role role
	set  *set
	// marks: the list is recognised by this column, together with the others so marked.
	marks bool
	// blank: the template lets the cell be empty.
	blank bool
}

func col(role role, name, like string, values *set) column {
	c := column{name: name, text: fold(name), role: role, set: values}
	for meaning := range strings.SplitSeq(like, "|") {
		if meaning = strings.TrimSpace(meaning); meaning != "" {
			c.like = append(c.like, newRule("", meaning))
		}
	}
	return c
}

func (c column) mark() column {
	c.marks = true
	return c
}

func (c column) orBlank() column {
	c.blank = true
	return c
}

// fits tells whether a folded header is this column.
func (c *column) fits(header string) bool {
	for i := range c.like {
		if c.like[i].matches(header) {
			return true
		}
	}
	return false
}

// spec is one list.
type spec struct {
	kind    table.Kind
	number  string    // "8"
	name    string    // for messages: "children in care"
	fact    care.Kind // empty where the list is not used
	columns []column
	// once: a second row of one child and one first day, with other cells, is set
	// aside, because nothing says which of them is right.
	once bool
}

func (s *spec) used() bool { return s.fact != "" }

func specOf(kind table.Kind) *spec {
	for i := range specs {
		if specs[i].kind == kind {
			return &specs[i]
		}
	}
	return nil
}

// layout finds for each column of the list where it stands in a header, -1 where
// it does not, and which headers are no column of the list. A header that is
// written as the template has it comes before one that is only like it.
func (s *spec) layout(header []string) (where []int, unknown []int) {
	where = make([]int, len(s.columns))
	for i := range where {
		where[i] = -1
	}
	words := make([]string, len(header))
	taken := make([]bool, len(header))
	for at, name := range header {
		words[at] = fold(name)
		for i := range s.columns {
			if where[i] < 0 && words[at] != "" && words[at] == s.columns[i].text {
				where[i], taken[at] = at, true
				break
			}
		}
	}
	for at := range header {
		for i := range s.columns {
			if where[i] < 0 && !taken[at] && words[at] != "" && s.columns[i].fits(words[at]) {
				where[i], taken[at] = at, true
			}
		}
		if !taken[at] && words[at] != "" {
			unknown = append(unknown, at)
		}
	}
	return where, unknown
}
