package xmlscan_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"stablefutures/internal/returns/xmlscan"
)

type log struct{ lines []string }

func (l *log) Start(name string, depth int) error { return nil }

func (l *log) End(name string, depth int, text string, leaf bool) error {
	l.lines = append(l.lines, fmt.Sprintf("%d %s %q %v", depth, name, text, leaf))
	return nil
}

func TestWalkTellsLeavesFromStrayText(t *testing.T) {
	var l log
	err := xmlscan.Walk([]byte("<?xml version='1.0' encoding='iso-8859-1'?>\n<A>x<B> caf\xe9 </B><C/></A>"), &l)
	want := `2 B "café" true|2 C "" true|1 A "x" false`
	if got := strings.Join(l.lines, "|"); err != nil || got != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

func TestHostileXMLIsRefusedInPlainWords(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"an entity bomb", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "DOCTYPE"},
		{"an entity nobody declared", `<a>&secret;</a>`, "entity"},
		{"cut off", `<a><b>12`, "breaks off"},
		{"crossed tags", `<a><b></a></b>`, "not well formed"},
		{"UTF-16", "\xff\xfe<\x00a\x00", "UTF-16"},
		{"an encoding we do not read", `<?xml version="1.0" encoding="utf-7"?><a/>`, "utf-7"},
		{"Windows-1252 under the name of UTF-8", "<?xml version='1.0' encoding='UTF-8'?>\n<a>\n<b>caf\xe9</b></a>", "line 3 holds signs of another encoding"},
		{"a zero byte", "<a>" + strings.Repeat(" ", 300) + "\x00</a>", "not well formed"},
		{"a zero byte as an entity", "<a>&#0;</a>", "line 1"},
		{"no elements", "<?xml version='1.0'?>", "no XML elements"},
		{"empty", "", "no XML elements"},
		{"deep nesting", strings.Repeat("<a>", 40), "nested"},
	} {
		err := xmlscan.Walk([]byte(row.in), &log{})
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want one line with %q", row.why, err, row.want)
		}
	}
}

type stop struct{ log }

var errEnough = errors.New("enough")

func (s *stop) Start(string, int) error { return errEnough }

func TestTheHandlersErrorComesBack(t *testing.T) {
	if err := xmlscan.Walk([]byte("<a/>"), &stop{}); !errors.Is(err, errEnough) {
		t.Errorf("%v", err)
	}
}

func FuzzWalk(f *testing.F) {
	f.Add([]byte("<a><b>c</b></a>"))
	f.Add([]byte("<?xml version='1.0' encoding='us-ascii'?><a>&lt;</a>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := xmlscan.Walk(data, &log{}); err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("an error of several lines: %q", err)
		}
	})
}
