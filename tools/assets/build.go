package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// ours are our own stylesheets, in the order in which they follow GOV.UK's.
var ours = []string{"shell.css", "parts.css", "chart.css", "figures.css", "young.css", "print.css"}

// engines are the oldest browsers that get the script and the stylesheet as
// meant; older ones get plain pages.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "109"},
	{Name: api.EngineFirefox, Version: "115"},
	{Name: api.EngineSafari, Version: "15.6"},
}

// stylesheet compiles GOV.UK's components with our settings, mirrors them for
// right-to-left pages, adds our own and makes one small sheet.
func (b builder) stylesheet() ([]byte, error) {
	govuk, err := b.sass("govuk.scss")
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	all.WriteString(logical(govuk))
	for _, name := range ours {
		text, err := os.ReadFile(filepath.Join(b.src, name))
		if err != nil {
			return nil, err
		}
		all.WriteByte('\n')
		all.Write(text)
	}
	out := api.Transform(all.String(), api.TransformOptions{
		Loader:           api.LoaderCSS,
		MinifyWhitespace: true,
		MinifySyntax:     true,
		Engines:          engines,
		Sourcefile:       "app.css",
	})
	if err := problems("the stylesheet", out.Errors, out.Warnings); err != nil {
		return nil, err
	}
	version, err := b.version("govuk-frontend")
	if err != nil {
		return nil, err
	}
	banner := fmt.Sprintf("/*! Holds parts of govuk-frontend %s (MIT): see licences.txt */\n", version)
	css := append([]byte(banner), out.Code...)
	return css, clean(string(css))
}

// sass runs the pinned compiler of package.json over one file of src.
func (b builder) sass(name string) (string, error) {
	compiler := filepath.Join(b.root, "node_modules", "sass", "sass.js")
	if _, err := os.Stat(compiler); err != nil {
		return "", errors.New("node_modules is not there or not complete: run `npm ci` in the project's folder first")
	}
	cmd := exec.Command("node", compiler, "--load-path="+filepath.Join(b.root, "node_modules"),
		"--style=compressed", "--no-charset", "--no-source-map", "--quiet-deps", filepath.Join(b.src, name))
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("compiling %s: %w\n%s", name, err, complaints.String())
	}
	return out.String(), nil
}

// script bundles our modules with the GOV.UK components that they start.
func (b builder) script() ([]byte, error) {
	out := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(b.src, "main.js")},
		AbsWorkingDir:     b.root,
		NodePaths:         []string{filepath.Join(b.root, "node_modules")},
		Bundle:            true,
		Format:            api.FormatESModule,
		Engines:           engines,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsNone,
		Banner:            map[string]string{"js": "/*! Holds parts of govuk-frontend (MIT): see licences.txt */"},
		Write:             false,
	})
	if err := problems("the script", out.Errors, out.Warnings); err != nil {
		return nil, err
	}
	return out.OutputFiles[0].Contents, nil
}

func problems(what string, lists ...[]api.Message) error {
	var lines []string
	for _, list := range lists {
		for _, m := range list {
			where := ""
			if m.Location != nil {
				where = fmt.Sprintf("%s:%d: ", m.Location.File, m.Location.Line)
			}
			lines = append(lines, where+m.Text)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return fmt.Errorf("building %s:\n%s", what, strings.Join(lines, "\n"))
}

// version reads the version of an installed package.
func (b builder) version(pkg string) (string, error) {
	text, err := os.ReadFile(filepath.Join(b.root, "node_modules", pkg, "package.json"))
	if err != nil {
		return "", err
	}
	var about struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(text, &about); err != nil {
		return "", fmt.Errorf("package.json of %s: %w", pkg, err)
	}
	return about.Version, nil
}

// licences puts the texts of src/licences after one another: what we serve holds
// parts of those packages, whose npm files carry no licence text.
func (b builder) licences() ([]byte, error) {
	files, err := filepath.Glob(filepath.Join(b.src, "licences", "*.txt"))
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			all.WriteString("\n----\n\n")
		}
		all.Write(text)
	}
	if all.Len() == 0 {
		return nil, errors.New("no licence texts in internal/web/ui/src/licences")
	}
	return all.Bytes(), nil
}
