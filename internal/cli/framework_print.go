package cli

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"stablefutures/internal/framework"
)

func sortedEditions(held map[string]*framework.Edition) []*framework.Edition {
	var list []*framework.Edition
	for _, e := range held {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *framework.Edition) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// size is how many outcomes and indicators an edition has.
func size(e *framework.Edition) (outcomes, indicators int) {
	for _, o := range e.Outcomes() {
		outcomes++
		indicators += len(o.Indicators)
	}
	return outcomes, indicators
}

func languages(e *framework.Edition) string {
	var names []string
	for _, l := range e.Languages {
		names = append(names, l.Name)
	}
	return strings.Join(names, ", ")
}

func printProblems(w io.Writer, list framework.Problems) {
	for _, p := range list {
		fmt.Fprintf(w, "  %s: %s\n", p.Where, p.Message)
	}
}

// printEdition prints each text as young people read it, with the practitioner's
// wording below.
func printEdition(w io.Writer, e *framework.Edition) error {
	var b bytes.Buffer
	lang := e.Language()
	text := func(wording framework.Wording, audience framework.Audience) string {
		s, _, _ := e.Text(wording, audience, lang)
		return s
	}
	title, _, _ := e.In(e.Title, lang)
	notice, _ := e.NoticeIn(lang)
	fmt.Fprintf(&b, "%s (%s, version %s)\n%s\n", title, e.ID, e.Version, notice)
	for _, p := range e.Principles {
		fmt.Fprintf(&b, "\n%s (Article %d of the Convention)\n", text(p.Title, framework.Practitioner), p.Article)
		for _, o := range p.Outcomes {
			fmt.Fprintf(&b, "\n  %s  %s\n  %s\n", o.ID, text(o.Title, framework.YoungPerson), text(o.Title, framework.Practitioner))
			if prompt, _, ok := e.PromptIn(o, lang); ok {
				fmt.Fprintf(&b, "  (%s)\n", prompt)
			}
			for _, i := range o.Indicators {
				fmt.Fprintf(&b, "    %s  %s\n        %s\n", i.ID, text(i.Title, framework.YoungPerson), text(i.Title, framework.Practitioner))
			}
		}
	}
	fmt.Fprintln(&b, "\nAnswers, lowest first")
	for _, a := range e.Scale.Answers {
		fmt.Fprintf(&b, "  %d  %s (%s)\n", a.Value, text(a.Title, framework.YoungPerson), text(a.Title, framework.Practitioner))
	}
	fmt.Fprintln(&b, "What is not an answer")
	for _, s := range e.Scale.States {
		fmt.Fprintf(&b, "  %s  %s (%s)\n", s.ID, text(s.Title, framework.YoungPerson), text(s.Title, framework.Practitioner))
	}
	_, err := w.Write(b.Bytes())
	return err
}
