// Command assets builds the stylesheet and the script of the pages from
// internal/web/ui/src and the npm packages of package.json, into
// internal/web/ui/static/dist, from where the binary embeds them.
//
//	npm ci && go run ./tools/assets
//
// It writes files named by their content, a manifest that maps each plain name to
// that name, a gzip of each, and the licences. It fails rather than ship a font,
// a crest or a reference to a place that is not ours.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run() error {
	root, err := projectRoot()
	if err != nil {
		return err
	}
	b := builder{
		root: root,
		src:  filepath.Join(root, "internal", "web", "ui", "src"),
		dist: filepath.Join(root, "internal", "web", "ui", "static", "dist"),
	}
	css, err := b.stylesheet()
	if err != nil {
		return err
	}
	js, err := b.script()
	if err != nil {
		return err
	}
	licences, err := b.licences()
	if err != nil {
		return err
	}
	icon, err := os.ReadFile(filepath.Join(b.src, "icon.svg"))
	if err != nil {
		return err
	}
	if err := b.clear(); err != nil {
		return err
	}
	manifest, err := b.write(map[string][]byte{"app.css": css, "app.js": js, "icon.svg": icon})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.dist, "licences.txt"), licences, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.dist, "manifest.json"), manifest, 0o644)
}

// builder knows where things stand in the checkout.
type builder struct{ root, src, dist string }

// projectRoot walks up from the working directory to the folder of go.mod.
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
			return "", errors.New("no go.mod here or above: run this inside the project")
		}
		dir = parent
	}
}

// clear takes away what an earlier run built; the .gitignore stays.
func (b builder) clear() error {
	entries, err := os.ReadDir(b.dist)
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(b.dist, 0o755)
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if err := os.Remove(filepath.Join(b.dist, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// write names each file by its content, writes it and its gzip, prints the sizes
// and gives the manifest.
func (b builder) write(files map[string][]byte) ([]byte, error) {
	names := map[string]string{}
	for _, plain := range slices.Sorted(maps.Keys(files)) {
		content := files[plain]
		sum := sha256.Sum256(content)
		ext := filepath.Ext(plain)
		name := strings.TrimSuffix(plain, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		names[plain] = name
		packed, err := pack(content)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(b.dist, name), content, 0o644); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(b.dist, name+".gz"), packed, 0o644); err != nil {
			return nil, err
		}
		fmt.Printf("%-24s %7d bytes, %6d gzipped\n", name, len(content), len(packed))
	}
	return json.MarshalIndent(names, "", "  ")
}

func pack(content []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
