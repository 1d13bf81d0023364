package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
)

type frameworkCommand struct {
	List   frameworkListCommand   `cmd:"" help:"List the editions that an authority holds."`
	Show   frameworkShowCommand   `cmd:"" help:"Print an edition: principles, outcomes, indicators and the scale."`
	Check  frameworkCheckCommand  `cmd:"" help:"Say whether a file is an edition that can be imported, and what is wrong with it."`
	Import frameworkImportCommand `cmd:"" help:"Keep an edition beside the others."`
	Export frameworkExportCommand `cmd:"" help:"Write an edition to a workbook or to JSON."`
	Use    frameworkUseCommand    `cmd:"" help:"Hold new conversations in an edition."`
}

// optionalDatabase is for commands that need no database for the working edition.
type optionalDatabase struct {
	DB string `name:"db" env:"STABLEFUTURES_DB" placeholder:"DSN" help:"SQLite file, or postgres:// address. Without it, only the working edition is there."`
	masterKey
	authorityFlag
}

// editions are the editions of an authority, with the id of the one in use; the
// working edition alone where no database is named.
func (d optionalDatabase) editions(r *run) (held map[string]*framework.Edition, inUse string, err error) {
	if d.DB == "" {
		e := framework.Working()
		return map[string]*framework.Edition{e.ID: e}, e.ID, nil
	}
	err = database{DB: d.DB, masterKey: d.masterKey}.operate(r, d.Authority, func(s *service.Service, actor service.Actor) error {
		a, err := s.Authority(r.ctx, actor)
		if err != nil {
			return err
		}
		inUse = a.Edition
		held, err = s.Editions(r.ctx, actor)
		return err
	})
	return held, inUse, err
}

// edition is one edition by its id; the one in use where id is empty.
func (d optionalDatabase) edition(r *run, id string) (*framework.Edition, error) {
	held, inUse, err := d.editions(r)
	if err != nil {
		return nil, err
	}
	if id == "" {
		id = inUse
	}
	if e := held[id]; e != nil {
		return e, nil
	}
	return nil, fmt.Errorf("there is no edition %q: `stablefutures framework list` says which there are", id)
}

type frameworkListCommand struct{ optionalDatabase }

// Run prints a line an edition.
func (c *frameworkListCommand) Run(r *run) error {
	held, inUse, err := c.editions(r)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(r.Out, 0, 0, 2, ' ', 0)
	for _, e := range sortedEditions(held) {
		outcomes, indicators := size(e)
		use := ""
		if e.ID == inUse {
			use = "in use"
		}
		fmt.Fprintf(out, "%s\t%s\t%d outcomes, %d indicators\t%s\t%s\n", e.ID, e.Version, outcomes, indicators, languages(e), use)
	}
	return out.Flush()
}

type frameworkShowCommand struct {
	optionalDatabase
	Edition string `arg:"" optional:"" help:"Id of the edition; the one in use where it is not said."`
}

// Run prints the edition in its first language, what young people read first.
func (c *frameworkShowCommand) Run(r *run) error {
	e, err := c.edition(r, c.Edition)
	if err != nil {
		return err
	}
	return printEdition(r.Out, e)
}

type frameworkCheckCommand struct {
	File string `arg:"" help:"A workbook or JSON file."`
}

// Run says everything that is wrong, and what is worth knowing.
func (c *frameworkCheckCommand) Run(r *run) error {
	e, err := takeEdition(r.Out, c.File)
	if err != nil {
		return err
	}
	outcomes, indicators := size(e)
	if _, err := fmt.Fprintf(r.Out, "%s is the edition %s, version %s: %d outcomes, %d indicators, %s. It can be imported.\n",
		filepath.Base(c.File), e.ID, e.Version, outcomes, indicators, languages(e)); err != nil {
		return err
	}
	printProblems(r.Out, append(framework.Notes(e), drawings.Notes(e)...))
	return nil
}

type frameworkImportCommand struct {
	database
	authorityFlag
	File string `arg:"" help:"A workbook or JSON file."`
}

// Run keeps the edition. The same one again changes nothing. The authority is
// found, or made, as import does it; a file that does not fit makes nothing.
func (c *frameworkImportCommand) Run(r *run) error {
	e, err := takeEdition(r.Err, c.File)
	if err != nil {
		return err
	}
	return c.open(r, func(s *service.Service) error {
		authority, name, err := authorityForImport(r, s, c.Authority)
		if err != nil {
			return err
		}
		added, err := s.ImportEdition(r.ctx, service.Operator(authority), e, name)
		if err != nil {
			return err
		}
		said := "Edition %s was there already: nothing changed.\n"
		if added {
			said = "Edition %[1]s is kept beside the others. To hold new conversations in it: stablefutures framework use %[1]s\n"
		}
		_, err = fmt.Fprintf(r.Out, said, e.ID)
		return err
	})
}

type frameworkUseCommand struct {
	database
	authorityFlag
	Edition string `arg:"" help:"Id of the edition."`
}

// Run sets the edition of new conversations; readings stay bound to their own.
func (c *frameworkUseCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		err := s.UseEdition(r.ctx, actor, c.Edition)
		if errors.Is(err, service.ErrNotFound) {
			return fmt.Errorf("there is no edition %q: `stablefutures framework list` says which there are", c.Edition)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Out, "New conversations are held in %s. Readings made before stay with the edition in which they were made.\n", c.Edition)
		return err
	})
}

type frameworkExportCommand struct {
	optionalDatabase
	Edition string `arg:"" optional:"" help:"Id of the edition; the one in use where it is not said."`
	Format  string `enum:"auto,xlsx,json" default:"auto" help:"xlsx or json; by the ending of the file's name where it is not said, and otherwise json."`
	Output  string `short:"o" placeholder:"FILE" help:"File to write; without it the result goes to standard output."`
}

// Run writes the edition whole: import and check read it back as it was.
func (c *frameworkExportCommand) Run(r *run) error {
	e, err := c.edition(r, c.Edition)
	if err != nil {
		return err
	}
	return writeTo(r, c.Output, func(w io.Writer) error {
		if c.Format == "xlsx" || c.Format == "auto" && strings.EqualFold(filepath.Ext(c.Output), ".xlsx") {
			return framework.WriteWorkbook(w, e)
		}
		return framework.WriteJSON(w, e)
	})
}

// takeEdition reads a file and prints everything that is wrong with it.
func takeEdition(w io.Writer, path string) (*framework.Edition, error) {
	e, err := readEdition(path)
	var faults framework.Problems
	if errors.As(err, &faults) {
		fmt.Fprintf(w, "%s cannot be imported:\n", filepath.Base(path))
		printProblems(w, faults)
		return nil, errReported
	}
	return e, err
}

func readEdition(path string) (*framework.Edition, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return framework.Parse(data)
}
