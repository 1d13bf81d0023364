package main

import (
	"strings"
	"testing"
)

func TestLogicalTurnsSidesIntoDirections(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"a margin follows the direction of writing", ".a{margin-left:5px}", ".a{margin-inline-start:5px}"},
		{"a border's colour too", ".a{border-right-color:red}", ".a{border-inline-end-color:red}"},
		{"a position", ".a{top:0;left:-3px}", ".a{top:0;inset-inline-start:-3px}"},
		{"alignment", ".a{text-align:right}", ".a{text-align:end}"},
		{"floats", ".a{float:left;margin:0}", ".a{float:inline-start;margin:0}"},
		{"several in one rule", ".a{padding-left:1px;padding-right:2px}", ".a{padding-inline-start:1px;padding-inline-end:2px}"},
		{"an arrow keeps its sides, its place does not", ".a{left:0;border-width:7px 0 7px 12px;border-left-color:red}", ".a{inset-inline-start:0;border-width:7px 0 7px 12px;border-left-color:red}"},
		{"inside a media query", "@media print{.a{margin-left:0}}", "@media print{.a{margin-inline-start:0}}"},
		{"a class that is called left is no direction", ".left:hover{top:0}", ".left:hover{top:0}"},
		{"text-align:center has no side", ".a{text-align:center}", ".a{text-align:center}"},
	} {
		if got := logical(row.in); got != row.want {
			t.Errorf("%s: logical(%q) = %q, want %q", row.why, row.in, got, row.want)
		}
	}
}

func TestCleanRefusesWhatIsNotOurs(t *testing.T) {
	if err := clean(".a{color:#0b4f6c}"); err != nil {
		t.Errorf("a plain rule is refused: %v", err)
	}
	for _, bad := range []string{
		`.a{font-family:"GDS Transport",arial}`,
		`@font-face{font-family:x}`,
		`.a{background:url(https://example.org/x.png)}`,
		`.govuk-footer__crown{display:block}`,
	} {
		err := clean(bad)
		if err == nil {
			t.Errorf("%s is let through", bad)
			continue
		}
		if !strings.Contains(err.Error(), "near") {
			t.Errorf("%v does not say where", err)
		}
	}
}
