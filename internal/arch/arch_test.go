// Package arch holds the rules of the house as tests. It has no code of its own.
package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "stablefutures/"

// ring says how far from the middle a package stands: domain in the middle, the
// world at the edge. A package may import what stands further in, and its own
// sub-packages; nothing else.
type ring int

const (
	domain  ring = iota // knows nobody
	edge                // store, readers and writers of files, fiction: know the domain
	door                // service
	outside             // pages, commands
	top                 // cmd, tools
)

var rings = map[string]ring{
	"internal/consent": domain, "internal/date": domain, "internal/care": domain, "internal/child": domain, "internal/conversation": domain,
	"internal/register": domain, "internal/framework": domain, "internal/foi": domain, "internal/disclosure": domain,
	"internal/stats": domain, "internal/access": domain, "internal/alert": domain, "internal/id": domain, "editions": domain, "locales": domain, "internal/locale": domain,
	"internal/seal": edge, "internal/signin": edge, "internal/ledger": edge, "internal/backup": edge, "internal/store": edge, "internal/returns": edge, "internal/publish": edge, "internal/fiction": edge,
	"internal/service": door,
	"internal/web":     outside, "internal/cli": outside,
	"cmd": top, "tools": top, "internal/arch": top,
}

// pkg is one package of the module.
type pkg struct {
	path    string // from the module's root
	doc     string
	imports []string // of its code, not of its tests
}

func TestImportsGoInwards(t *testing.T) {
	for _, p := range packages(t) {
		from, ok := ringOf(p.path)
		if !ok {
			t.Errorf("%s stands in no ring: say in this test how far from the middle it is", p.path)
			continue
		}
		for _, imported := range p.imports {
			target, ours := strings.CutPrefix(imported, module)
			if !ours {
				checkForeign(t, p, from, imported)
				continue
			}
			to, ok := ringOf(target)
			switch {
			case !ok:
				t.Errorf("%s imports %s, which stands in no ring", p.path, target)
			case to > from:
				t.Errorf("%s imports %s: an import that climbs", p.path, target)
			case from == outside && to == edge && !allowedAtEdge(target):
				t.Errorf("%s imports %s: pages and commands reach data through internal/service alone", p.path, target)
			}
		}
	}
}

// allowedAtEdge are packages of the edge that hold types to be shown, drawings,
// or files that are made without data: pages and commands may use them.
func allowedAtEdge(target string) bool {
	return strings.HasPrefix(target, "internal/publish") || strings.HasPrefix(target, "internal/returns") ||
		target == "internal/seal" || target == "internal/ledger" || target == "internal/backup" || target == "internal/store" || target == "internal/fiction"
}

// checkForeign keeps databases, pages and file formats out of the domain.
func checkForeign(t *testing.T, p pkg, from ring, imported string) {
	t.Helper()
	if from == domain && (imported == "net/http" || imported == "database/sql" || imported == "html/template") {
		t.Errorf("%s imports %s: the domain knows no database and no pages", p.path, imported)
	}
	standard := !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".")
	if from == domain && !standard && !slices.Contains(domainMayUse[p.path], imported) {
		t.Errorf("%s imports %s: the domain uses the standard library, and what domainMayUse names", p.path, imported)
	}
	if imported == "database/sql" && !strings.HasPrefix(p.path, "internal/store") && p.path != mayUseSQL {
		t.Errorf("%s imports database/sql: SQL lives in internal/store", p.path)
	}
}

// mayUseSQL measures the store beside a bare insert, which has to go past it.
const mayUseSQL = "tools/bench"

// domainMayUse are the libraries that a package of the domain uses, each with a
// decision in docs/adr.
var domainMayUse = map[string][]string{
	"internal/locale":    {"golang.org/x/text/feature/plural", "golang.org/x/text/language"},
	"internal/child":     {"golang.org/x/text/unicode/norm"},
	"internal/framework": {"github.com/santhosh-tekuri/jsonschema/v6", "github.com/santhosh-tekuri/jsonschema/v6/kind", "github.com/xuri/excelize/v2"},
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.doc) < 60 {
			t.Errorf("%s has no doc comment that says what lives there and what does not", p.path)
		}
	}
}

func TestFilesKeepToOneSubject(t *testing.T) {
	walk(t, func(path string, text []byte) {
		if lines := strings.Count(string(text), "\n"); lines > 400 {
			t.Errorf("%s has %d lines: one subject a file, at most 400 lines", path, lines)
		}
	})
}

func ringOf(path string) (ring, bool) {
	for at := path; at != "."; at = filepath.Dir(at) {
		if r, ok := rings[at]; ok {
			return r, true
		}
	}
	return 0, false
}

// packages reads every package of the module, without its tests.
func packages(t *testing.T) []pkg {
	t.Helper()
	found := map[string]*pkg{}
	walk(t, func(path string, text []byte) {
		dir := filepath.Dir(path)
		if found[dir] == nil {
			found[dir] = &pkg{path: dir}
		}
		p := found[dir]
		mode := parser.ImportsOnly | parser.ParseComments
		file, err := parser.ParseFile(token.NewFileSet(), path, text, mode)
		if err != nil {
			t.Fatal(err)
		}
		if file.Doc != nil {
			p.doc += file.Doc.Text()
		}
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, spec := range file.Imports {
			p.imports = append(p.imports, importPath(spec))
		}
	})
	var list []pkg
	for _, p := range found {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b pkg) int { return strings.Compare(a.path, b.path) })
	return list
}

func importPath(spec *ast.ImportSpec) string { return strings.Trim(spec.Path.Value, `"`) }

// walk calls do with every Go file of the module.
func walk(t *testing.T, do func(path string, text []byte)) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		do(relative, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
