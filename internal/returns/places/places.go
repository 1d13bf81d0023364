// Package places knows the authorities in which a child may be placed, and the
// other names under which councils write them. It knows no address: what names no
// authority is not known here.
package places

import (
	_ "embed" // for places.txt
	"regexp"
	"strings"
	"sync"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
)

//go:embed places.txt
var placesText string

// places are the authorities in which a child may be placed, by their folded
// names; read once. Names and codes: Office for National Statistics and
// Department for Education, Open Government Licence v3.0.
var places = sync.OnceValue(func() map[string]string {
	known := map[string]string{}
	for line := range strings.Lines(placesText) {
		name, others, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		known[cell.Fold(name)] = name
		for other := range strings.SplitSeq(others, "; ") {
			if _, taken := known[cell.Fold(other)]; !taken {
				known[cell.Fold(other)] = name
			}
		}
	}
	return known
})

// What stands around the name of an authority.
var (
	before = regexp.MustCompile(`^(the |(royal |london )+borough of |city and county of |city of |county of )`)
	behind = regexp.MustCompile(` (council|district|county|count|city|borough|boro|london|metropolitan|mbc|mdc|lbc|cc|ua|la|local authority|b|childrens services|family support)$`)
)

// Find finds the authority that a cell names: by its name, its number or its
// code, whatever else stands around it. What names none is not known, so that no
// address can pass for one.
func Find(text string) (string, bool) {
	if len(text) > 100 {
		return "", false
	}
	folded := cell.Fold(text)
	for {
		if name, ok := places()[folded]; ok {
			return name, true
		}
		shorter := behind.ReplaceAllString(folded, "")
		if shorter == folded {
			shorter = before.ReplaceAllString(folded, "")
		}
		if shorter == folded {
			break
		}
		folded = shorter
	}
	// Two names of one place, as Welsh authorities have: "Caerdydd - Cardiff"; or a
	// code before the name: "WAL - Child placed in Wales", "301 Barking and Dagenham".
	first, second, two := strings.Cut(folded, " ")
	if name, ok := places()[second]; two && ok {
		if other, known := places()[first]; !known || other == name {
			return name, true
		}
	}
	if parts := strings.SplitN(text, " - ", 2); len(parts) == 2 {
		a, aOK := places()[cell.Fold(parts[0])]
		b, bOK := places()[cell.Fold(parts[1])]
		switch {
		case bOK && (!aOK || a == b):
			return b, true
		case aOK && !bOK && len(cell.Fold(parts[0])) <= 3:
			return a, true
		}
	}
	return "", false
}

// ReadAs is a cell that names an authority as the list of values read as something
// else shows it.
func ReadAs(text string) string {
	return shown.ReadAsWith(text, func(word string) bool { return words()[word] })
}

// words are all words of the names.
var words = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for name := range places() {
		for word := range strings.FieldsSeq(name) {
			set[word] = true
		}
	}
	return set
})
