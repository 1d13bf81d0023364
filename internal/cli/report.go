package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"stablefutures/internal/foi"
	"stablefutures/internal/service"
)

type reportCommand struct {
	FOI foiCommand `cmd:"" name:"foi" help:"The answer that everybody is asked for: how many trafficked children were looked after in a year, and how many went missing."`
}

type foiCommand struct {
	database
	authorityFlag
	YearEnding string `required:"" placeholder:"YYYY-MM-DD" help:"31 March that ends the year."`
	Publish    bool   `help:"Keep small numbers back, so that the answer may leave the council."`
	JSON       bool   `name:"json" help:"Print the answer as JSON."`
}

// Run prints the answer. Without --publish it is exact, and says so.
func (c *foiCommand) Run(r *run) error {
	year, err := yearEnding(c.YearEnding)
	if err != nil {
		return err
	}
	if year == "" {
		return errors.New("--year-ending: say the 31 March that ends the year")
	}
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		answer, err := s.Answer(r.ctx, actor, year, c.Publish)
		if err != nil {
			return err
		}
		if c.JSON {
			out := json.NewEncoder(r.Out)
			out.SetIndent("", "  ")
			return out.Encode(answer.Answer)
		}
		return printAnswer(r.Out, answer)
	})
}

// printAnswer prints the sentences, the table, the notes and the definitions.
func printAnswer(w io.Writer, a service.AnswerPage) error {
	var b bytes.Buffer
	for _, sentence := range foi.Sentences(a.Answer, a.Authority.Name) {
		fmt.Fprintln(&b, sentence)
	}
	fmt.Fprintln(&b)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "group\tchildren\twent missing\tmissing episodes\tstill missing\tchildren absent\tabsences\t")
	for _, g := range a.Groups {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", g.ID, g.Children, g.WentMissing, g.MissingEpisodes, g.StillMissing, g.ChildrenAbsent, g.Absences)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, note := range a.Notes {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	fmt.Fprintln(&b, "\nHow this was counted")
	for _, id := range foi.DefinitionIDs() {
		fmt.Fprintf(&b, "  %s: %s\n", id, a.Definitions[id])
	}
	_, err := w.Write(b.Bytes())
	return err
}
