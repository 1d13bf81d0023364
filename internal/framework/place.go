package framework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// path leads to a place in an edition by the names of its JSON file, counted from
// 0: "principles", "2", "outcomes", "0", "id".
type path []string

func (p path) with(more ...string) path { return append(slices.Clone(p), more...) }

func (p path) item(list string, n int) path { return p.with(list, strconv.Itoa(n)) }

// fault is one thing that is wrong with an edition, wherever it was read from.
type fault struct {
	at    path
	found string // what stands there; empty where that does not help
	rule  string // what is wrong and what to do, in the same words wherever it is so
	other path   // where the same stands too
}

// place is a place as a person finds it: words in a JSON file; sheet, row and
// column in a workbook.
type place struct {
	words  string
	sheet  string
	row    int    // as the sheet counts, from 1; 0 for none
	column string // "F (“young-person [en]”)"
	named  string // a row that is missing, by what would stand in it
}

func (p place) String() string { return join(p, p.rowWords()) }

func (p place) rowWords() string {
	switch {
	case p.row > 0:
		return "row " + strconv.Itoa(p.row)
	case p.named != "":
		return "row “" + p.named + "”"
	}
	return ""
}

// join is a place in a workbook, its rows said as these words; the words of a
// place in a JSON file.
func join(p place, rows string) string {
	var parts []string
	if p.words != "" {
		parts = append(parts, p.words)
	}
	if p.sheet != "" {
		parts = append(parts, "sheet "+p.sheet)
	}
	if rows != "" {
		parts = append(parts, rows)
	}
	if p.column != "" {
		parts = append(parts, "column "+p.column)
	}
	return strings.Join(parts, ", ")
}

// finding is a fault with its place.
type finding struct {
	place
	found, rule string
	other       string
}

// mostAlone is how many findings of one kind are told one by one.
const mostAlone = 4

// told are findings as a person reads them: where many places have the same wrong,
// it is said once.
func told(list []finding) Problems {
	type kind struct{ sheet, column, rule string }
	groups, order := map[kind][]finding{}, []kind(nil)
	for _, f := range list {
		k := kind{f.sheet, f.column, f.rule}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], f)
	}
	var out Problems
	for _, k := range order {
		group := groups[k]
		if len(group) > mostAlone {
			out = append(out, Problem{wheres(group), said(group)})
			continue
		}
		for _, f := range group {
			message := said([]finding{f})
			if f.other != "" {
				message += " (it stands in " + f.other + " too)"
			}
			out = append(out, Problem{f.place.String(), message})
		}
	}
	return out
}

// wheres are the places of many findings of one kind.
func wheres(group []finding) string {
	if group[0].sheet != "" {
		var rows []int
		for _, f := range group {
			rows = append(rows, f.row)
		}
		return join(group[0].place, "rows "+ranges(rows))
	}
	var first []string
	for _, f := range group[:3] {
		first = append(first, f.words)
	}
	return fmt.Sprintf("%s; and %d more places", strings.Join(first, "; "), len(group)-3)
}

// ranges are row numbers, with a dash for those that follow each other.
func ranges(rows []int) string {
	slices.Sort(rows)
	rows = slices.Compact(rows)
	const most = 8
	var parts []string
	for k := 0; k < len(rows); {
		last := k
		for last+1 < len(rows) && rows[last+1] == rows[last]+1 {
			last++
		}
		if len(parts) == most {
			return fmt.Sprintf("%s and %d more", strings.Join(parts, ", "), len(rows)-k)
		}
		part := strconv.Itoa(rows[k])
		if last > k {
			part += "–" + strconv.Itoa(rows[last])
		}
		parts = append(parts, part)
		k = last + 1
	}
	return strings.Join(parts, ", ")
}

// said is what is wrong in one place, or in many of one kind.
func said(group []finding) string {
	var found []string
	for _, f := range group {
		if f.found != "" && !slices.Contains(found, quoted(f.found)) {
			found = append(found, quoted(f.found))
		}
	}
	rule := group[0].rule
	switch {
	case len(found) == 0:
		return rule
	case len(group) == 1:
		return "it says " + found[0] + "; " + rule
	case len(found) == 1:
		return "each says " + found[0] + "; " + rule
	case len(found) > 3:
		found = append(found[:3], fmt.Sprintf("%d others", len(found)-3))
	}
	return "they say " + listed(found, "and") + "; " + rule
}

// listed are words in a row: "a, b and c".
func listed(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}

// quoted is what stands in a file, short and without what would not print.
func quoted(text string) string {
	const most = 60
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text))
	if len(letters) > most {
		letters = append(letters[:most-1], '…')
	}
	return "“" + string(letters) + "”"
}

// ordinal counts as people do: first for 0.
func ordinal(n int) string {
	names := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n < len(names) {
		return names[n]
	}
	n++
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return strconv.Itoa(n) + "th"
	case n%10 == 1:
		return strconv.Itoa(n) + "st"
	case n%10 == 2:
		return strconv.Itoa(n) + "nd"
	case n%10 == 3:
		return strconv.Itoa(n) + "rd"
	}
	return strconv.Itoa(n) + "th"
}

// nearest is the known word that another may be a slip for; empty where none is near.
func nearest(word string, known []string) string {
	best, least := "", max(1, len(word)/4)+1
	for _, k := range known {
		if d := distance(word, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is how many letters are to be added, left out or changed, or swapped
// with the one beside them, to make one word of another.
func distance(a, b string) int {
	const longest = 80 // a heading is not longer; a text put in its place may be
	x, y := []rune(a), []rune(b)
	if len(x) > longest || len(y) > longest {
		return longest
	}
	two, one := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range one {
		one[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			changed := one[j]
			if x[i] != y[j] {
				changed++
			}
			row[j+1] = min(changed, one[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], two[j-1]+1)
			}
		}
		two, one = one, row
	}
	return one[len(y)]
}
