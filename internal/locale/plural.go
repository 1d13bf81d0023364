package locale

import (
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

var formNames = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// pluralOf is the rule by which a language counts whole things, by Unicode's CLDR.
func pluralOf(tag string) func(n int) string {
	asked := tag
	if tag == "prs" {
		asked = "fa" // Dari counts as Persian does; CLDR has it under fa-AF
	}
	t, err := language.Parse(asked)
	if err != nil {
		t = language.Und
	}
	return func(n int) string { return formNames[plural.Cardinal.MatchPlural(t, max(n, 0), 0, 0, 0, 0)] }
}

// Forms are the plural forms of a language, in CLDR's order.
func Forms(tag string) []string {
	rule, seen := pluralOf(tag), map[string]bool{}
	for n := range 201 {
		seen[rule(n)] = true
	}
	seen["other"] = true
	var list []string
	for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
		if seen[form] {
			list = append(list, form)
		}
	}
	return list
}

// Example is a number that takes a plural form, the least there is.
func Example(tag, form string) int {
	rule := pluralOf(tag)
	for n := range 1001 {
		if rule(n) == form {
			return n
		}
	}
	return 1_000_000
}
