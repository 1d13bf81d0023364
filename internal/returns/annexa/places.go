package annexa

import (
	_ "embed" // for places.txt
	"regexp"
	"strings"
	"sync"
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
		known[fold(name)] = name
		for other := range strings.SplitSeq(others, "; ") {
			if _, taken := known[fold(other)]; !taken {
				known[fold(other)] = name
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

// place finds the authority that a cell names: by its name, its number or its
// code, whatever else stands around it. What names none is not known, so that no
// address can pass for one.
func place(cell string) (string, bool) {
	if len(cell) > 100 {
		return "", false
	}
	text := fold(cell)
	for {
		if name, ok := places()[text]; ok {
			return name, true
		}
		shorter := behind.ReplaceAllString(text, "")
		if shorter == text {
			shorter = before.ReplaceAllString(text, "")
		}
		if shorter == text {
			break
		}
		text = shorter
	}
	// Two names of one place, as Welsh authorities have: "Caerdydd - Cardiff"; or a
	// code before the name: "WAL - Child placed in Wales", "301 Barking and Dagenham".
	first, second, two := strings.Cut(text, " ")
	if name, ok := places()[second]; two && ok {
		if other, known := places()[first]; !known || other == name {
			return name, true
		}
	}
	if parts := strings.SplitN(cell, " - ", 2); len(parts) == 2 {
		a, aOK := places()[fold(parts[0])]
		b, bOK := places()[fold(parts[1])]
		switch {
		case bOK && (!aOK || a == b):
			return b, true
		case aOK && !bOK && len(fold(parts[0])) <= 3:
			return a, true
		}
	}
	return "", false
}
