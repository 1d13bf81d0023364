package service

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// quiet are the acts on a record whose entry shows that nobody was shown it by them alone:
// they change what somebody has opened, or are the young person's own, or the program's.
var quiet = strings.Split(`add young person|allocate|begin conversation|change register|change who the young person is|close an alert|cut a device off|end allocation|end emergency access|end share|end the sessions of their own page|erase|forget a device|give to team|hand the tablet over|name in restriction|open their own page|leave their own page|record consent|record reading|restrict record|restriction without a manager|see that there is an alert of a restricted record|share|take an alert back from an account that may not answer|take back the codes of their own page|take out of restriction|tell of an alert|type in what was said on paper|withdraw consent|write in a conversation|review emergency: `, "|")

// Whatever the log tells of a record is either a look, which the young person is shown, or
// is named here as none.
func TestEveryActOnARecordIsALookOrIsNone(t *testing.T) {
	known := map[string]bool{}
	for _, act := range quiet {
		known[act] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if act, ok := actOf(call); ok {
					found[act] = true
					if known[act] == disclosing[act] {
						t.Errorf("%s: whether %q shows somebody a record is said nowhere, or twice: put it into disclosing or into quiet", path, act)
					}
				}
			}
			return true
		})
	}
	for act := range disclosing {
		if !found[act] {
			t.Errorf("no act on a record is %q any more", act)
		}
	}
	if len(found) < 30 {
		t.Errorf("the test finds %d acts", len(found))
	}
}

// actOf is the act that a call writes to the log of a record, where it is written out.
func actOf(call *ast.CallExpr) (act string, ok bool) {
	of, is := call.Fun.(*ast.SelectorExpr)
	if !is {
		return "", false
	}
	at, before := -1, ""
	switch of.Sel.Name {
	case "openRecord":
		at, before = 3, "read "
	case "changeRecord":
		at = 4
	case "auditOwn":
		at = 2
	case "audit":
		if len(call.Args) > 3 && text(call.Args[3]) == "record" {
			at = 2
		}
	}
	if at < 0 || at >= len(call.Args) {
		return "", false
	}
	act = text(call.Args[at])
	return before + act, act != "" && act != "read " // openRecord itself
}

// text is a literal, or the one that begins what is put together.
func text(n ast.Expr) string {
	if sum, ok := n.(*ast.BinaryExpr); ok {
		n = sum.X
	}
	literal, ok := n.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return ""
	}
	out, _ := strconv.Unquote(literal.Value) // the parser has read it
	return out
}
