package young

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"html/template"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

//go:embed templates/*.html
var templates embed.FS

// style stands in every page, so that a page is one answer. It is named in the policy
// by its hash.
//
//go:embed young.css
var styleSource string

// script only adds: quicker keeping, leaving by a key, reading aloud, drawing, recording.
//
//go:embed young.js
var scriptSource string

// fullLines are comments that stand on lines of their own. They are for us, and would tell
// whoever looks into what a browser kept.
var fullLines = regexp.MustCompile(`(?m)^\s*//.*\n|^\s+`)

var (
	script     = []byte(fullLines.ReplaceAllString(scriptSource, ""))
	style      = squeeze(styleSource)
	styleHash  = "sha256-" + hash64(style)
	scriptName = "/static/p." + hashHex(script)[:10] + ".js"
)

func hash64(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func hashHex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// squeeze takes comments and the white space between rules away. A style sheet of ours
// holds no text in quotation marks in which either would matter.
func squeeze(css string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(css, "/*")
		out.WriteString(before)
		if !found {
			break
		}
		_, css, _ = strings.Cut(rest, "*/")
	}
	return strings.NewReplacer("\n", "", "  ", "", " {", "{", ": ", ":", "; ", ";", ";}", "}", ", ", ",").Replace(out.String())
}

// views are the templates of the pages.
type views struct{ set *template.Template }

func parseViews() (*views, error) {
	set, err := template.New("young").Option("missingkey=error").Funcs(template.FuncMap{
		"face": face, "icon": icon, "style": func() template.CSS { return template.CSS(style) }, // Safety: a file of this package
		"script": func() string { return scriptName },
	}).ParseFS(templates, "templates/*.html")
	return &views{set}, err
}

// page is the frame of a page.
type page struct {
	Status  int    // 200 where 0
	Back    string // address of the page before; empty for none
	Bare    bool   // without Leave and "I am not safe": where nobody has come in
	Silent  bool   // without the number to call too: after leaving, and where all numbers stand
	Call    *number
	Content template.HTML
	framed
}

// framed is what the frame shows of the visit.
type framed struct {
	W             *locale.Words
	Notice        service.Phrase // of the edition
	State         string         // what is to be known of the translation; empty for nothing
	Fictional     bool
	HandedOver    bool
	Pictures      bool
	LeavesNothing bool   // leaving leaves nothing on the device
	Speech        string // language for the browser's voice
}

// view is what a page's template gets: the words as W, and its own data as V.
type view struct {
	W        *locale.Words
	V        any
	Pictures bool // they chose more pictures and fewer words
	Unseen   bool // what they keep from others this session shows again on no other day

	sounds *Sounds
}

// page answers with a template in the frame.
func (p *Pages) page(v *visit, frame page, name string, data any) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		frame.framed = framed{W: v.words.Words, Fictional: v.young.Fictional, HandedOver: v.young.HandedOver(), Pictures: v.young.Pictures, LeavesNothing: !v.young.HandedOver() && p.keptBy(r) == "", Speech: speech(v.words.Tag)}
		if frame.Bare && !frame.Silent {
			frame.Call = p.call(r, v.words, frame.Status)
		}
		if v.words.Edition != nil {
			frame.Notice = v.words.Notice()
			frame.State = stateWords(v.words)
		}
		var content, whole bytes.Buffer
		if err := p.views.set.ExecuteTemplate(&content, name, view{v.words.Words, data, v.young.Pictures, !v.young.ShownAgain, p.opt.Sounds}); err != nil {
			return err
		}
		frame.Content = template.HTML(content.String()) // Safety: drawn by html/template
		if err := p.views.set.ExecuteTemplate(&whole, "frame", frame); err != nil {
			return err
		}
		return write(w, r, max(frame.Status, http.StatusOK), whole.Bytes())
	}
}

// stateWords tell plainly who has looked at the translation.
func stateWords(w service.OwnWords) string {
	switch w.Looked() {
	case locale.Machine:
		return w.Say("state.machine")
	case locale.Reviewed:
		return w.Say("state.reviewed")
	case locale.Tried:
		return w.Say("state.tried")
	}
	return ""
}

// speech is the tag by which a browser's voices know a language.
func speech(tag string) string {
	switch tag {
	case "en":
		return "en-GB"
	case "prs":
		return "fa-AF"
	}
	return tag
}

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// write sends a page, packed where the browser takes that: a page is to weigh little.
func write(w http.ResponseWriter, r *http.Request, status int, html []byte) error {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		_, err := w.Write(html)
		return err
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(w)
	_, err := packer.Write(html)
	return errors.Join(err, packer.Close())
}

// ServeScript serves the one script, for ever: it is named by what is in it.
func ServeScript(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	content := script
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		content = packedScript()
	}
	w.Write(content) //nolint:errcheck // of a reader who went away
}

var packedScript = sync.OnceValue(func() []byte {
	var out bytes.Buffer
	packer := gzip.NewWriter(&out)
	packer.Write(script) //nolint:errcheck // to memory
	packer.Close()       //nolint:errcheck
	return out.Bytes()
})

// ScriptPattern is the route of the script.
func ScriptPattern() string { return "GET " + scriptName }
