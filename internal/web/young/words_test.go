package young_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"stablefutures/internal/locale"
)

func sources(t *testing.T, pattern string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	found := map[string]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found[path] = string(data)
	}
	return found
}

var (
	actions   = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	elements  = regexp.MustCompile(`(?s)<[^>]*>`)
	styles    = regexp.MustCompile(`(?s)<(style|script)\b.*?</(style|script)>`)
	comments  = regexp.MustCompile(`(?s)<!--.*?-->`)
	spoken    = regexp.MustCompile(`\b(alt|title|aria-label|aria-description|aria-roledescription|aria-valuetext|placeholder|label|data-(?:listen|quiet|kept|notkept|say|wrong))="([^"]*)"`)
	scriptish = regexp.MustCompile("'([^'\\n]*)'|\"([^\"\\n]*)\"|`([^`]*)`")
)

func letters(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// literals finds what a template shows that comes from no key.
func literals(html string) (found []string) {
	bare := comments.ReplaceAllString(styles.ReplaceAllString(actions.ReplaceAllString(html, ""), ""), "")
	for _, part := range strings.Split(elements.ReplaceAllString(bare, "\n"), "\n") {
		if letters(part) {
			found = append(found, strings.TrimSpace(part))
		}
	}
	for _, attribute := range spoken.FindAllStringSubmatch(bare, -1) {
		if letters(attribute[2]) {
			found = append(found, attribute[0])
		}
	}
	return found
}

// Every text that a page shows or that is read out comes from a key.
func TestNoTemplateHasWordsOfItsOwn(t *testing.T) {
	for path, html := range sources(t, "templates/*.html") {
		for _, text := range literals(html) {
			t.Errorf("%s says %q, which comes from no key", path, text)
		}
	}
	if got := literals(`<p title="Go">{{.W.Say "a"}} Leave</p><img alt="{{.X}}">`); !slices.Equal(got, []string{"Leave", `title="Go"`}) {
		t.Errorf("the test finds %q", got) // and would find something
	}
}

// sentence is a text that somebody reads: two words beside each other.
var sentence = regexp.MustCompile(`\pL{2,}[,.:;]? \pL{2,}`)

// inside are functions whose texts nobody but an operator reads.
var inside = []string{"New", "Errorf", "Error", "Warn", "Info", "MustCompile"}

// said finds the sentences in Go code, but those of errors, of the log and of policies
// for the browser.
func said(t *testing.T, path, code string) (found []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.ImportSpec, *ast.Field:
			return false
		case *ast.CallExpr:
			if name, ok := x.Fun.(*ast.Ident); ok && name.Name == "panic" {
				return false
			}
			call, ok := x.Fun.(*ast.SelectorExpr)
			return !ok || !slices.Contains(inside, call.Sel.Name)
		case *ast.BasicLit:
			text, err := strconv.Unquote(x.Value)
			if err == nil && x.Kind == token.STRING && sentence.MatchString(text) && !strings.ContainsAny(text, "<'=") {
				found = append(found, text)
			}
		}
		return true
	})
	return found
}

func TestNoCodeHasWordsOfItsOwn(t *testing.T) {
	for path, code := range sources(t, "*.go") {
		for _, text := range said(t, path, code) {
			t.Errorf("%s says %q, which comes from no key", path, text)
		}
	}
	if got := said(t, "a.go", "package a\nvar x = \"You can go on\"\nvar y = errors.New(\"it went wrong\")"); len(got) != 1 {
		t.Errorf("the test finds %q", got)
	}
	for path, code := range sources(t, "*.js") {
		for _, found := range scriptish.FindAllString(regexp.MustCompile(`(?m)//.*$`).ReplaceAllString(code, ""), -1) {
			if sentence.MatchString(found) && found != "'use strict'" && !strings.Contains(found, "class") && !strings.ContainsAny(found, "[{") && !slices.Contains([]string{"'second listen'"}, found) {
				t.Errorf("%s says %s, which comes from no key", path, found)
			}
		}
	}
}

// elsewhere are keys that the service names, and no file of this package.
var elsewhere = strings.Fields(`error.kind error.empty number.emergency number.childline number.helpline`)

// Every key is used. A key may be put together
// of a beginning that stands in the code ("people.") and one word more.
func TestEveryKeyIsUsed(t *testing.T) {
	var all strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html", "*.js"} {
		for _, text := range sources(t, pattern) {
			all.WriteString(text)
		}
	}
	code := all.String()
	source, _ := locale.Of(locale.SourceTag)
	for _, key := range source.Keys() {
		isUsed := strings.Contains(code, `"`+key+`"`)
		if at := strings.LastIndexByte(key, '.'); at > 0 {
			isUsed = isUsed || strings.Contains(code, `"`+key[:at+1]+`"`)
		}
		switch known := slices.Contains(elsewhere, key); {
		case !isUsed && !known:
			t.Errorf("no page shows %s: use it, or take it out of every language", key)
		case isUsed && known:
			t.Errorf("%s is used: strike it out of the list of those that are used elsewhere", key)
		}
	}
	for _, key := range elsewhere {
		if _, ok := source.Text(key); !ok {
			t.Errorf("there is no key %s any more: strike it out of the list of those that are used elsewhere", key)
		}
	}
	for _, found := range regexp.MustCompile(`\.(?:Say|Count|Sound) "([a-z.-]+)"|words\.(?:Say|Count)\("([a-z.-]+)"`).FindAllStringSubmatch(code, -1) {
		key := found[1] + found[2]
		if _, ok := source.Text(key); !ok && !strings.HasSuffix(key, ".") {
			t.Errorf("a page shows %s, and there is no such key", key)
		}
	}
}
