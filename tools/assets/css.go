package main

import (
	"fmt"
	"regexp"
	"strings"
)

// physical finds a declaration that speaks of left or right at the start of a
// declaration, so that text inside selectors and values is left alone.
var physical = regexp.MustCompile(`([{;])(margin|padding|border)-(left|right)(-width|-color|-style)?:|([{;])(left|right):|([{;])(text-align|float):(left|right)\b`)

// fourSided finds rules that draw a shape (an arrow, a tick) with borders of four
// different widths: the sides of those borders are geometry, not direction.
var fourSided = regexp.MustCompile(`border-width:[^;}]+ [^;}]+ [^;}]+ [^;}]+`)

var rule = regexp.MustCompile(`\{[^{}]*\}`)

// logical turns left and right of a compressed stylesheet into start and end, so
// that one sheet serves both directions of writing.
func logical(css string) string {
	return rule.ReplaceAllStringFunc(css, func(body string) string {
		shape := fourSided.MatchString(body)
		return physical.ReplaceAllStringFunc(body, func(found string) string {
			if shape && strings.HasPrefix(found[1:], "border") {
				return found
			}
			return logicalDeclaration(found)
		})
	})
}

func logicalDeclaration(found string) string {
	m := physical.FindStringSubmatch(found)
	side := map[string]string{"left": "start", "right": "end"}
	switch {
	case m[2] != "":
		return m[1] + m[2] + "-inline-" + side[m[3]] + m[4] + ":"
	case m[6] != "":
		return m[5] + "inset-inline-" + side[m[6]] + ":"
	case m[8] == "float":
		return m[7] + "float:inline-" + side[m[9]]
	default:
		return m[7] + m[8] + ":" + side[m[9]]
	}
}

// notOurs are the things that a service that is not GOV.UK may not carry, and
// whatever would be loaded from elsewhere.
var notOurs = []struct{ text, why string }{
	{"GDS Transport", "the typeface is licensed for gov.uk alone"},
	{"@font-face", "we ship no fonts"},
	{"/assets/", "a reference into GOV.UK's folder of fonts and crests"},
	{"crest", "the crest is not ours to show"},
	{"crown", "the crown is not ours to show"},
	{"url(", "the stylesheet loads nothing"},
	{"@import", "the stylesheet loads nothing"},
}

// clean refuses a stylesheet that holds something of notOurs.
func clean(css string) error {
	for _, bad := range notOurs {
		if at := strings.Index(css, bad.text); at >= 0 {
			from, to := max(0, at-60), min(len(css), at+60)
			return fmt.Errorf("the stylesheet holds %q (%s), near …%s…", bad.text, bad.why, css[from:to])
		}
	}
	return nil
}
