package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// adapters make our component from the options of a GOV.UK fixture.
var adapters = map[string]func(*options) Component{
	"back-link": backLinkOf, "breadcrumbs": breadcrumbsOf, "button": buttonOf,
	"checkboxes": checkboxesOf, "date-input": dateInputOf, "details": detailsOf,
	"error-summary": errorSummaryOf, "file-upload": fileUploadOf, "input": textInputOf,
	"inset-text": insetTextOf, "notification-banner": noticeOf, "pagination": paginationOf,
	"password-input": passwordInputOf, "radios": radiosOf, "select": selectOf,
	"skip-link": skipLinkOf, "summary-list": summaryListOf, "table": tableOf,
	"tag": tagOf, "textarea": textareaOf, "warning-text": warningTextOf,
}

// atLeast is how many fixtures of each component must be compared, so that a
// reason to leave one out cannot quietly leave out all of them.
var atLeast = map[string]int{
	"back-link": 4, "breadcrumbs": 6, "button": 30, "checkboxes": 22, "date-input": 12,
	"details": 6, "error-summary": 8, "file-upload": 14, "input": 28, "inset-text": 4,
	"notification-banner": 10, "pagination": 5, "password-input": 8, "radios": 22,
	"select": 10, "skip-link": 5, "summary-list": 8, "table": 10, "tag": 9,
	"textarea": 14, "warning-text": 5,
}

// leftOut are fixtures that differ from ours on purpose.
var leftOut = map[string]string{
	"date-input/with error on single field by omission":             "what is wrong is named, not what is right",
	"button/don't prevent double click":                             "our buttons say nothing where they have nothing to say",
	"error-summary/autofocus explicitly enabled":                    "our summary takes focus without being told",
	"date-input/with translations":                                  "labels of the boxes are ours",
	"checkboxes/with falsy values":                                  "Go has no falsy items",
	"radios/with falsy items":                                       "Go has no falsy items",
	"select/with falsy items":                                       "Go has no falsy items",
	"select/with falsy values":                                      "Go has no falsy items",
	"select/without values":                                         "our options always carry a value",
	"select/without values with selected value":                     "our options always carry a value",
	"summary-list/with falsy values":                                "Go has no falsy items",
	"table/with falsy items":                                        "Go has no falsy items",
	"notification-banner/custom title heading level":                "our banner's title is an h2",
	"notification-banner/auto-focus disabled, with type as success": "a success is always read out",
}

type fixture struct {
	Name    string          `json:"name"`
	Options json.RawMessage `json:"options"`
	HTML    string          `json:"html"`
}

func TestComponentsDrawWhatGOVUKDraws(t *testing.T) {
	root := govukRoot(t)
	met := map[string]bool{}
	for name, adapt := range adapters {
		t.Run(name, func(t *testing.T) {
			compared, skipped := 0, 0
			for _, f := range readFixtures(t, filepath.Join(root, name, "fixtures.json")) {
				why, known := leftOut[name+"/"+f.Name]
				if known {
					met[name+"/"+f.Name] = true
					t.Logf("left out: %s: %s", f.Name, why)
					skipped++
					continue
				}
				c, unsupported := adaptFixture(t, f, adapt)
				if unsupported != "" {
					t.Logf("left out: %s: %s", f.Name, unsupported)
					skipped++
					continue
				}
				compared++
				compareFixture(t, f, c)
			}
			t.Logf("%s: %d compared, %d left out", name, compared, skipped)
			if compared < atLeast[name] {
				t.Errorf("only %d fixtures of %s were compared, want at least %d", compared, name, atLeast[name])
			}
		})
	}
	for key := range leftOut {
		if !met[key] {
			t.Errorf("%s is left out, but GOV.UK has no such fixture", key)
		}
	}
}

func compareFixture(t *testing.T, f fixture, c Component) {
	t.Helper()
	got, err := HTML(c)
	if err != nil {
		t.Errorf("%s: %v", f.Name, err)
		return
	}
	if diff := cmp.Diff(normal(t, f.HTML), normal(t, string(got))); diff != "" {
		t.Errorf("%s (-GOV.UK +ours):\n%s", f.Name, diff)
	}
}

// govukRoot finds the components of the installed package.
func govukRoot(t *testing.T) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "node_modules", "govuk-frontend", "dist", "govuk", "components")
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skip("node_modules is not there: run `npm ci` to compare our components with GOV.UK's fixtures")
	}
	return root
}

func readFixtures(t *testing.T, file string) []fixture {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Fixtures []fixture `json:"fixtures"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all.Fixtures
}

// adaptFixture gives our component, or why we cannot say what the fixture says.
func adaptFixture(t *testing.T, f fixture, adapt func(*options) Component) (Component, string) {
	t.Helper()
	var values map[string]any
	if err := json.Unmarshal(f.Options, &values); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	left := &[]string{}
	o := &options{values: values, left: left}
	c := adapt(o)
	o.done()
	if len(*left) > 0 {
		return nil, strings.Join(*left, "; ")
	}
	return c, ""
}

// reasons why an option of GOV.UK's has no counterpart here.
var reasons = map[string]string{
	"attributes":        "free attributes would let a style through the security policy",
	"wrapperAttributes": "free attributes would let a style through the security policy",
	"html":              "only text goes here",
	"titleHtml":         "only text goes here",
	"summaryHtml":       "only text goes here",
	"descriptionHtml":   "only text goes here",
	"card":              "no cards",
	"beforeInput":       "nothing between label and field",
	"afterInput":        "nothing between label and field",
	"beforeInputs":      "nothing between label and field",
	"afterInputs":       "nothing between label and field",
}

// options takes a fixture's options one by one; what nobody took is unsupported.
type options struct {
	values map[string]any
	path   string
	left   *[]string
}

func (o *options) take(key string) (any, bool) {
	v, ok := o.values[key]
	delete(o.values, key)
	return v, ok
}

func (o *options) text(key string) string {
	v, ok := o.take(key)
	if !ok || v == nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return fmt.Sprint(v)
	case bool:
		if !v { // "false" stands for nothing; true for a text that is "true"
			return ""
		}
		return "true"
	}
	*o.left = append(*o.left, fmt.Sprintf("option %s%s is no text", o.path, key))
	return ""
}

func (o *options) flag(key string) bool {
	v, ok := o.take(key)
	set, isBool := v.(bool)
	return ok && isBool && set
}

func (o *options) number(key string) int {
	v, _ := o.take(key)
	n, _ := v.(float64)
	return int(n)
}

// child takes a nested object; absent ones are empty.
func (o *options) child(key string) *options {
	v, _ := o.take(key)
	values, _ := v.(map[string]any)
	return &options{values: values, path: o.path + key + ".", left: o.left}
}

func (o *options) has(key string) bool { return o.values[key] != nil }

// children takes a list of objects.
func (o *options) children(key string) []*options {
	v, _ := o.take(key)
	list, _ := v.([]any)
	var out []*options
	for i, item := range list {
		values, ok := item.(map[string]any)
		if !ok {
			*o.left = append(*o.left, fmt.Sprintf("%s%s[%d] is no object", o.path, key, i))
			continue
		}
		out = append(out, &options{values: values, path: o.path + key + "[].", left: o.left})
	}
	return out
}

func (o *options) done() {
	for key := range o.values {
		why := reasons[key]
		if why == "" {
			why = "not an option of ours"
		}
		*o.left = append(*o.left, fmt.Sprintf("option %s%s: %s", o.path, key, why))
	}
}
