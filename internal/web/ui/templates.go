package ui

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pristine is parsed once and never executed, because an executed set of
// html/template cannot be cloned. live is the clone that draws components. Both
// are set in init: they and the functions of the set refer to one another.
var pristine, live *template.Template

func init() {
	pristine = template.Must(template.New("ui").Option("missingkey=error").Funcs(FuncMap()).ParseFS(templateFiles, "templates/*.html"))
	live = template.Must(pristine.Clone())
	prerenderProblems()
}

// Component is a part of a page: any of the structs of this package that say so.
type Component interface{ templateName() string }

// HTML draws a component by itself. It fails only where a template does, which
// the tests of this package rule out for its own components.
func HTML(c Component) (template.HTML, error) {
	var out bytes.Buffer
	if err := live.ExecuteTemplate(&out, c.templateName(), c); err != nil {
		return "", fmt.Errorf("drawing %T: %w", c, err)
	}
	return template.HTML(out.String()), nil // Safety: drawn by html/template
}

// Templates gives a fresh set that holds the templates of all components and the
// functions of FuncMap, to parse a page's own templates into.
func Templates() *template.Template { return template.Must(pristine.Clone()) }

// FuncMap holds the functions that templates may call.
//
//	{{ui .Field}}                          draws a Component
//	{{asset "app.css"}}                    the address of a built file, or "" where none is built
//	{{number 12345}}                       12,345
//	{{count 1 "child" "children"}}         1 child
//	{{of 14 25}}                           14 of 25
func FuncMap() template.FuncMap {
	return template.FuncMap{
		"ui":          HTML,
		"asset":       Asset,
		"number":      Number,
		"count":       Count,
		"of":          Of,
		"idOf":        idOf,
		"labelOf":     labelOf,
		"hintOf":      hintOf,
		"errorOf":     errorOf,
		"describedBy": describedBy,
	}
}

// Number writes n with commas between thousands.
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	out := ""
	for len(digits) > 3 {
		out = "," + digits[len(digits)-3:] + out
		digits = digits[:len(digits)-3]
	}
	return sign + digits + out
}

// Count writes a number with its noun: "1 child", "912 children".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// LatestFirst ends a caption that counts: only what is more than one has an order.
func LatestFirst(n int) string {
	if n < 2 {
		return ""
	}
	return ", the latest first"
}

// Of writes a number with its base: "14 of 25".
func Of(n, base int) string { return Number(n) + " of " + Number(base) }

// Views are the templates of a set of pages together with those of this package.
type Views struct{ set *template.Template }

// ParseViews reads page templates; each file says {{define "name"}}…{{end}}.
// funcs, which may be nil, adds functions to those of FuncMap.
func ParseViews(files fs.FS, funcs template.FuncMap, patterns ...string) (*Views, error) {
	set, err := Templates().Funcs(funcs).ParseFS(files, patterns...)
	if err != nil {
		return nil, fmt.Errorf("reading page templates: %w", err)
	}
	return &Views{set}, nil
}

// Fragment draws one template by itself.
func (v *Views) Fragment(name string, data any) (template.HTML, error) {
	var out bytes.Buffer
	if err := v.set.ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("drawing %s: %w", name, err)
	}
	return template.HTML(out.String()), nil // Safety: drawn by html/template
}

// Page draws template name with data as the content of page and writes it. On an
// error nothing has been written, so that the caller can still answer with
// WriteProblem.
func (v *Views) Page(w http.ResponseWriter, status int, page Page, name string, data any) error {
	content, err := v.Fragment(name, data)
	if err != nil {
		return err
	}
	page.Content = content
	return Render(w, status, page)
}

// Young is Page for the screens that a young person looks at.
func (v *Views) Young(w http.ResponseWriter, status int, page YoungPage, name string, data any) error {
	content, err := v.Fragment(name, data)
	if err != nil {
		return err
	}
	page.Content = content
	return Render(w, status, page)
}

// Render draws a component (Page and YoungPage are components) to a buffer and
// writes it as an HTML answer. On a drawing error nothing has been written.
func Render(w http.ResponseWriter, status int, c Component) error {
	html, err := HTML(c)
	if err != nil {
		return err
	}
	return writeHTML(w, status, []byte(html))
}

func writeHTML(w http.ResponseWriter, status int, html []byte) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := w.Write(html); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}
