package webtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Violation is one rule of axe that a page breaks.
type Violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Where  []string `json:"where"` // the elements, as markup
}

func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n\t%s", v.ID, v.Impact, v.Help, strings.Join(v.Where, "\n\t"))
}

// tags are the rules that are run: WCAG 2.2 A and AA, and axe's good practice.
const tags = `["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]`

// Axe runs axe over the page and gives what it finds. It skips the test where the
// npm package is not installed.
func (tab *Tab) Axe(t testing.TB) []Violation {
	t.Helper()
	source, err := axeSource()
	if err != nil {
		t.Skip(err)
	}
	if !Evaluate[bool](t, tab, `typeof axe === "object"`) {
		Evaluate[bool](t, tab, source+"; true")
		if !tab.axe {
			tab.axe = true
			tab.do(t, axeFromNowOn(source))
		}
	}
	return Evaluate[[]Violation](t, tab, `axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values: `+tags+`}}).then((r) => r.violations.map((v) => (
		{id: v.id, impact: v.impact || "", help: v.help, where: v.nodes.map((n) => n.html + "  " + (n.failureSummary || "").replace(/\s+/g, " "))})))`)
}

// axeFromNowOn lets every page that the tab opens from now on have axe: to bring it each
// time takes longer than what it does. Where scripts do not run it is brought all the same.
func axeFromNowOn(source string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return err
	})
}

var axeSource = sync.OnceValues(func() (string, error) {
	root, err := projectRoot()
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core is not installed (run `npm ci`): the page was not checked: %w", err)
	}
	return string(text), nil
})

// projectRoot is the folder of go.mod, above the tested package's.
func projectRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod above the test")
		}
		dir = parent
	}
}
