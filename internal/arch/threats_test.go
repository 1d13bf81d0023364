package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// repository is the module's root, seen from this package.
const repository = "../.."

// A threat that docs/threat-model.md calls stopped names tests that exist; that they
// pass is for the same run to show.
func TestThreatsThatAreStoppedNameTheirTests(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "docs", "threat-model.md"))
	if err != nil {
		t.Fatal(err)
	}
	exists := testNames(t)
	stopped := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 || strings.HasPrefix(cells[0], "---") || strings.TrimSpace(cells[1]) == "State" {
			continue
		}
		threat, state := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1])
		named := testName.FindAllString(cells[3], -1)
		switch state {
		case "stopped":
			stopped++
			if len(named) == 0 {
				t.Errorf("%q is called stopped and names no test", threat)
			}
		case "partly", "not stopped":
			if strings.TrimSpace(cells[2]) == "" {
				t.Errorf("%q is called %s and does not say what is left", threat, state)
			}
		default:
			t.Errorf("%q is called %q: say stopped, partly or not stopped", threat, state)
		}
		for _, name := range named {
			if !exists[name] {
				t.Errorf("%q names %s, which is no test of this module", threat, name)
			}
		}
	}
	if stopped == 0 {
		t.Error("no threat is called stopped: the table cannot be read")
	}
}

var (
	testName = regexp.MustCompile(`(Test|Fuzz)[A-Za-z0-9_]+`)
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9_]+)\(`)
)

// testNames are the names of all tests of the module.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, pattern := range []string{"internal/*/*_test.go", "internal/*/*/*_test.go", "tools/*/*_test.go"} {
		files, err := filepath.Glob(filepath.Join(repository, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range testFunc.FindAllStringSubmatch(string(text), -1) {
				out[found[1]] = true
			}
		}
	}
	return out
}
