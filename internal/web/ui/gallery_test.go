package ui_test

import (
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"stablefutures/internal/web/ui"
	"stablefutures/internal/web/webtest"
)

// policy is the content security policy under which everything must work.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// gallery serves every component with invented data. kept, which may be nil,
// answers what forms send.
func gallery(t *testing.T, kept http.HandlerFunc) *httptest.Server {
	t.Helper()
	views, err := ui.ParseViews(os.DirFS("testdata"), nil, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/static/", ui.StaticHandler())
	for name, show := range galleryPages(t) {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", policy)
			if err := show(views, w); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	if kept != nil {
		mux.HandleFunc("POST /kept", kept)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// TestGalleryInABrowser looks at every component. With GALLERY=/tmp/gallery the
// pictures stay there, to be looked at by a person.
func TestGalleryInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	if err := ui.AssetsReady(); err != nil {
		t.Skip(err)
	}
	browser := webtest.Start(t)
	server := gallery(t, nil)
	for name := range galleryPages(t) {
		t.Run(name, func(t *testing.T) {
			var pictures []string
			if dir := os.Getenv("GALLERY"); dir != "" {
				pictures = append(pictures, filepath.Join(dir, name))
				browser.Open(t, webtest.Visit{URL: server.URL + "/" + name, Width: 794, Print: true}).Picture(t, filepath.Join(dir, name+"-print.png"))
			}
			browser.Check(t, webtest.Visit{URL: server.URL + "/" + name}, pictures...)
		})
	}
}

type showPage func(*ui.Views, http.ResponseWriter) error

// staff is the frame of the gallery's staff pages.
func staff(heading, lead string) ui.Page {
	return ui.Page{
		Heading: heading, Lead: lead, Authority: "Fictional authority", Person: "R. Okafor", Fictional: true,
		Nav:     []ui.NavItem{{Text: "Caseload", Href: "/caseload", Current: true}, {Text: "Overview", Href: "/overview"}, {Text: "Files", Href: "/files"}},
		Edition: "Working edition: our wording, not the published framework.",
	}
}

func must(t *testing.T) func(template.HTML, error) template.HTML {
	return func(html template.HTML, err error) template.HTML {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return html
	}
}
