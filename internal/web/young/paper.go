package young

import (
	"bytes"
	_ "embed" // the style of what is printed
	"html/template"
	"net/http"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
)

// PaperStates are the states that are offered beside the answers, on paper as signs.
var PaperStates = []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife}

//go:embed paper.css
var paperStyle string

// pageSizes say to a browser on what it is printed.
var pageSizes = map[string]string{
	"a4":    "@page{size:A4;margin:0}",
	"a6":    "@page{size:105mm 148mm;margin:0}",
	"sheet": "@page{size:A4;margin:12mm}",
}

// paper is what is printed, in one language. No name stands on it: not the young
// person's, and not the council's.
type paper struct {
	W       *locale.Words
	Size    string
	Style   template.CSS  // Safety: a file of this package
	Content template.HTML // Safety: drawn by html/template
	State   string        // what is to be known of the translation
	Notice  service.Phrase
	Groups  []paperGroup
	Answers []choice
	States  []choice
}

// paperGroup is an outcome with its lines.
type paperGroup struct {
	Title   service.Phrase
	Drawing template.HTML // Safety: a drawing of this program
	Lines   []service.Phrase
}

// Pages are the cards by the page on which they are printed.
func (p paper) Pages() [][]paperGroup {
	each := 1
	if p.Size == "a4" {
		each = 4
	}
	return slices.Collect(slices.Chunk(p.Groups, each))
}

// WriteCards sends a card for each outcome: one on an A6 page, or four on an A4 page to cut.
func (p *Pages) WriteCards(w http.ResponseWriter, words service.OwnWords, outcomes []framework.Outcome, size string) error {
	return p.writePaper(w, paperOf(words, outcomes, size), "paper-cards")
}

// WriteSheet sends a sheet on which they mark faces and write.
func (p *Pages) WriteSheet(w http.ResponseWriter, words service.OwnWords, outcomes []framework.Outcome) error {
	return p.writePaper(w, paperOf(words, outcomes, "sheet"), "paper-sheet")
}

func paperOf(words service.OwnWords, outcomes []framework.Outcome, size string) paper {
	out := paper{W: words.Words, Size: size, Style: template.CSS(pageSizes[size] + squeeze(paperStyle)), State: stateWords(words), Notice: words.Notice()}
	for _, o := range outcomes {
		group := paperGroup{Title: words.Outcome(o)}
		group.Drawing, _ = drawings.For(o.Drawing)
		for _, i := range o.Indicators {
			group.Lines = append(group.Lines, words.Indicator(i))
		}
		out.Groups = append(out.Groups, group)
	}
	for _, a := range slices.Backward(words.Edition.Scale.Answers) {
		out.Answers = append(out.Answers, choice{Text: words.Answer(a.Value), Step: a.Value})
	}
	for _, state := range PaperStates {
		out.States = append(out.States, choice{Text: words.State(string(state)), Icon: string(state)})
	}
	return out
}

// writePaper sends it as a page of its own, with its style named in the policy.
func (p *Pages) writePaper(w http.ResponseWriter, out paper, name string) error {
	var content, whole bytes.Buffer
	if err := p.views.set.ExecuteTemplate(&content, name, out); err != nil {
		return err
	}
	out.Content = template.HTML(content.String()) // Safety: drawn by html/template
	if err := p.views.set.ExecuteTemplate(&whole, "paper", out); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+hash64(string(out.Style))+"'; img-src data:; form-action 'none'; base-uri 'none'; "+
		"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
	_, err := w.Write(whole.Bytes())
	return err
}
