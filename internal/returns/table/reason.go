package table

import (
	"cmp"
	"slices"
)

// Reason is the problems of a table that have one reason in one column.
type Reason struct {
	First Problem // an example
	Count int
}

// ByReason puts problems together by their reason, so that a thousand rows with
// one mistake are one line; the most frequent reason comes first.
func ByReason(list []Problem) []Reason {
	type key struct{ code, column string }
	place := map[key]int{}
	var reasons []Reason
	for _, p := range list {
		k := key{p.Code, p.Column}
		at, ok := place[k]
		if !ok {
			at, place[k] = len(reasons), len(reasons)
			reasons = append(reasons, Reason{First: p})
		}
		reasons[at].Count += p.Stands()
	}
	slices.SortStableFunc(reasons, func(a, b Reason) int { return cmp.Compare(b.Count, a.Count) })
	return reasons
}
