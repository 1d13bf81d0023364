package ui

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func needAssets(t *testing.T) {
	t.Helper()
	if err := AssetsReady(); err != nil {
		t.Skip(err)
	}
}

func get(t *testing.T, address, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	StaticHandler().ServeHTTP(w, r)
	return w.Result()
}

func TestBuiltFilesAreKeptForEver(t *testing.T) {
	needAssets(t)
	for plain, kind := range map[string]string{"app.css": "text/css", "app.js": "text/javascript"} {
		address := Asset(plain)
		if !regexp.MustCompile(`^/static/app\.[0-9a-f]{12}\.(css|js)$`).MatchString(address) {
			t.Errorf("%s is not named by its content: %s", plain, address)
		}
		answer := get(t, address, "gzip")
		if got := answer.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", plain, got)
		}
		if got := answer.Header.Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("%s: Content-Type %q", plain, got)
		}
		unpacked, err := gzip.NewReader(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		packed, err := io.ReadAll(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := io.ReadAll(get(t, address, "identity").Body)
		if err != nil {
			t.Fatal(err)
		}
		if string(packed) != string(whole) || len(whole) == 0 {
			t.Errorf("%s: the gzipped file differs from the plain one", plain)
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	for _, address := range []string{
		"/static/", "/static/manifest.json", "/static/.gitignore", "/static/../doc.go", "/static/app.css", "/elsewhere",
	} {
		if got := get(t, address, "").StatusCode; got != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", address, got)
		}
	}
}

func TestStylesheetCarriesNothingOfGOVUKsOwn(t *testing.T) {
	needAssets(t)
	text, err := io.ReadAll(get(t, Asset("app.css"), "identity").Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"GDS Transport", "@font-face", "url(", "crown", "crest"} {
		if strings.Contains(string(text), bad) {
			t.Errorf("the stylesheet holds %q", bad)
		}
	}
	licences, err := io.ReadAll(get(t, "/static/licences.txt", "identity").Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(licences), "Government Digital Service") {
		t.Error("the licence of govuk-frontend is not served beside its stylesheet")
	}
}
