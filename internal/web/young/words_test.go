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

	"stablefutures/internal/alert"
	"stablefutures/internal/conversation"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
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
var elsewhere = strings.Fields(`error.kind error.empty error.day number.childline number.helpline`)

// putTogether are the beginnings of keys to which code or a template adds a word, with
// every word that may follow.
var putTogether = map[string][]string{
	"said.": {"drawing", "picture", "voice"}, "people.": {"works", "checks", "leads", "emergency"},
	"reply.": texts(conversation.Cames), "why.": texts(conversation.WhyNots), "helped.": texts(conversation.HelpedAnswers), "safe.how.": texts(alert.Reaches),
	"safe.": append(texts(alert.Answers), service.OwnWaiting, service.OwnPassed, service.OwnUnanswered, service.OwnOver),
}

// ofEditions are beginnings of keys of an edition, which has words of its own.
var ofEditions = []string{"indicator."}

func texts[T ~string](list []T) (out []string) {
	for _, one := range list {
		out = append(out, string(one))
	}
	return out
}

var (
	spokenKey  = regexp.MustCompile(`\.(?:Say|Count|Sound) "([a-z.-]+)"`) // in a template
	printedKey = regexp.MustCompile(`\(print "([a-z.-]+)"`)
	keyLike    = regexp.MustCompile(`^[a-z-]+(\.[a-z-]+)+$`)
	beginning  = regexp.MustCompile(`^[a-z-]+(\.[a-z-]+)*\.$`)
)

// keysIn finds the keys that Go code names: what is said, counted or read aloud, and every
// text that looks like nothing but a key. A word alone is a key only where it is said.
func keysIn(t *testing.T, path, code string) (said, named, beginnings []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	text := func(n ast.Node) string {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return ""
		}
		text, _ := strconv.Unquote(literal.Value) // the parser has read it
		return text
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
			if of, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Say", "Count", "Sound"}, of.Sel.Name) {
				if key := text(call.Args[0]); key != "" {
					said = append(said, key)
				}
			}
		}
		if literal := text(n); keyLike.MatchString(literal) {
			named = append(named, literal)
		} else if beginning.MatchString(literal) {
			beginnings = append(beginnings, literal)
		}
		return true
	})
	return said, named, beginnings
}

// Every key is used, and every key that is used is there.
func TestEveryKeyIsUsed(t *testing.T) {
	source, _ := locale.Of(locale.SourceTag)
	used, begun := map[string]bool{}, map[string]bool{}
	says := func(path, key string) {
		used[key] = true
		if _, ok := source.Text(key); !ok {
			t.Errorf("%s shows %s, and there is no such key", path, key)
		}
	}
	for path, code := range sources(t, "*.go") {
		said, named, beginnings := keysIn(t, path, code)
		for _, key := range said {
			says(path, key)
		}
		for _, key := range named {
			used[key] = true
		}
		for _, b := range beginnings {
			begun[b] = true
		}
	}
	for path, html := range sources(t, "templates/*.html") {
		for _, key := range spokenKey.FindAllStringSubmatch(html, -1) {
			says(path, key[1])
		}
		for _, b := range printedKey.FindAllStringSubmatch(html, -1) {
			begun[b[1]] = true
		}
	}
	for b, words := range putTogether {
		if !begun[b] {
			t.Errorf("no key is put together from %q any more: strike it out of the list", b)
		}
		delete(begun, b)
		for _, word := range words {
			says("what is put together from "+b, b+word)
		}
	}
	for b := range begun {
		if !slices.Contains(ofEditions, b) {
			t.Errorf("a key is put together from %q: list the words that may follow", b)
		}
	}
	for _, key := range elsewhere {
		if used[key] {
			t.Errorf("%s is used: strike it out of the list of those that are used elsewhere", key)
		}
		says("the service", key)
	}
	for _, key := range source.Keys() {
		if !used[key] {
			t.Errorf("no page shows %s: use it, or take it out of every language", key)
		}
	}
	said, named, begins := keysIn(t, "a.go", "package a\nvar a = []string{\"yes\", \"in.open\", \"said.\"}\nvar b = w.Say(\"back\")")
	if !slices.Equal(said, []string{"back"}) || !slices.Equal(named, []string{"in.open"}) || !slices.Equal(begins, []string{"said."}) {
		t.Errorf("the test finds %q, %q and %q", said, named, begins) // and not a word alone
	}
}

var (
	carried   = regexp.MustCompile(`data-([a-z]+)=`)
	classesOf = regexp.MustCompile(`class="([^"]*)"`)
)

// What a template carries for the script is read by it, and every class has a rule.
func TestNothingIsCarriedInVain(t *testing.T) {
	script, styles := sources(t, "*.js")["young.js"], ""
	for _, css := range sources(t, "*.css") {
		styles += css
	}
	for path, html := range sources(t, "templates/*.html") {
		for _, name := range carried.FindAllStringSubmatch(html, -1) {
			if !regexp.MustCompile(`(?:dataset|words)\.` + name[1] + `\b|\[data-` + name[1] + `\]`).MatchString(script) {
				t.Errorf("%s carries data-%s, which the script does not read", path, name[1])
			}
		}
		for _, classes := range classesOf.FindAllStringSubmatch(html, -1) {
			for _, class := range strings.Fields(actions.ReplaceAllString(classes[1], " ")) {
				if !regexp.MustCompile(`\.` + class + `\b`).MatchString(styles) {
					t.Errorf("%s has the class %s, for which there is no rule", path, class)
				}
			}
		}
	}
}
