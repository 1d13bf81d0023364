package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

type languageCommand struct {
	List   languageListCommand   `cmd:"" help:"Say for each language who has looked at the words of young people's pages."`
	Export languageExportCommand `cmd:"" help:"Write the words of a language to a workbook for its translator."`
	Import languageImportCommand `cmd:"" help:"Take in what a translator sent back: what is sound is taken, the rest is told with its cell."`
}

type languageListCommand struct {
	database
	authorityFlag
}

// Run prints a line a language.
func (c *languageListCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		list, err := s.Languages(r.ctx, actor)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(r.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(out, "\ttexts\tmade by machine\treviewed\ttried\tmissing")
		for _, l := range list {
			fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\n", l.Tag, len(l.Texts), l.Count(locale.Machine), l.Count(locale.Reviewed), l.Count(locale.Tried), l.Missing())
		}
		return out.Flush()
	})
}

type languageExportCommand struct {
	database
	authorityFlag
	To   string `required:"" placeholder:"TAG" help:"The language, such as ar."`
	File string `arg:"" help:"Workbook to write."`
}

// Run writes the workbook.
func (c *languageExportCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		err := writeTo(r, c.File, func(w io.Writer) error { return s.ExportLanguage(r.ctx, actor, c.To, w) })
		if errors.Is(err, service.ErrNotFound) {
			return fmt.Errorf("nothing is translated into %q: `stablefutures language list` says into which languages", c.To)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Out, "%s has the words of %s. Its first sheet says how to fill it in.\n", filepath.Base(c.File), c.To)
		return err
	})
}

type languageImportCommand struct {
	database
	authorityFlag
	State  string `enum:",machine,reviewed,tried" default:"" placeholder:"STATE" help:"Who has looked at all that is in the file: machine, reviewed or tried. Without it, each row says so itself."`
	DryRun bool   `help:"Say what would be taken, and change nothing."`
	File   string `arg:"" help:"Workbook that was sent back."`
}

// Run takes the workbook in. It exits with 1 where a row was set aside.
func (c *languageImportCommand) Run(r *run) error {
	data, err := readFile(c.File)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(c.File), err)
	}
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		report, err := s.ImportTranslation(r.ctx, actor, service.TranslationFile{File: service.File{Name: filepath.Base(c.File), Data: data}, State: locale.State(c.State), DryRun: c.DryRun})
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(c.File), err)
		}
		return c.print(r, report)
	})
}

func (c *languageImportCommand) print(r *run, report service.TranslationReport) error {
	how := ""
	if c.DryRun {
		how = ", and nothing was changed"
	}
	_, err := fmt.Fprintf(r.Out, "Language %s%s:\n  %d texts with new words\n  %d texts with the same words and a new state\n  %d texts as they are already\n  %d texts that are not in the file: they stay as they are\n  %d problems: what they are about was set aside\n",
		report.Language.Tag, how, report.Changed, report.Looked, report.Same, report.Absent, len(report.Problems))
	for _, p := range report.Problems {
		fmt.Fprintf(r.Out, "    %s: %s\n", p.Where(), p.Message)
	}
	if err == nil && len(report.Problems) > 0 {
		return errReported
	}
	return err
}
