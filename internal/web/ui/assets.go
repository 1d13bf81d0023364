package ui

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// built holds what tools/assets made. A fresh clone holds only its .gitignore:
// pages then stand without style, and AssetsReady says why.
//
//go:embed all:static/dist
var built embed.FS

const staticPrefix = "/static/"

var manifest, manifestErr = readManifest()

func readManifest() (map[string]string, error) {
	text, err := built.ReadFile("static/dist/manifest.json")
	if err != nil {
		return nil, fmt.Errorf("the stylesheet and the script are not in this binary: run `npm ci` and `go run ./tools/assets`, then build again")
	}
	names := map[string]string{}
	if err := json.Unmarshal(text, &names); err != nil {
		return nil, fmt.Errorf("static/dist/manifest.json is damaged (%w): run `go run ./tools/assets` and build again", err)
	}
	return names, nil
}

// AssetsReady says whether the stylesheet and the script were built into this
// binary; a server tells its operator at the start.
func AssetsReady() error { return manifestErr }

// Asset is the address of a built file by its plain name ("app.css"), or "" where
// it was not built.
func Asset(plain string) string {
	name, ok := manifest[plain]
	if !ok {
		return ""
	}
	return staticPrefix + name
}

// StaticHandler serves the built files under /static/. Files named by their
// content may be kept by browsers for ever; the gzipped one goes to those that
// take it.
func StaticHandler() http.Handler {
	hashed := map[string]bool{}
	for _, name := range manifest {
		hashed[name] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := strings.CutPrefix(r.URL.Path, staticPrefix)
		if !ok || !hashed[name] && name != "licences.txt" {
			WriteProblem(w, http.StatusNotFound)
			return
		}
		serveStatic(w, r, name, hashed[name])
	})
}

func serveStatic(w http.ResponseWriter, r *http.Request, name string, hashed bool) {
	content, packed, err := readStatic(name, strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"))
	if err != nil {
		WriteProblem(w, http.StatusNotFound)
		return
	}
	header := w.Header()
	header.Set("Content-Type", contentType(name))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Vary", "Accept-Encoding")
	header.Set("Content-Length", strconv.Itoa(len(content)))
	header.Set("Cache-Control", "public, max-age=3600")
	if hashed {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if packed {
		header.Set("Content-Encoding", "gzip")
	}
	if r.Method == http.MethodHead {
		return
	}
	// A reader who goes away in the middle of a stylesheet is no event of ours.
	w.Write(content) //nolint:errcheck
}

// readStatic reads a built file, gzipped where that is wanted and there.
func readStatic(name string, wantPacked bool) (content []byte, packed bool, err error) {
	file := path.Join("static/dist", name)
	if wantPacked {
		if content, err := fs.ReadFile(built, file+".gz"); err == nil {
			return content, true, nil
		}
	}
	content, err = fs.ReadFile(built, file)
	return content, false, err
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(path.Ext(name))
}
