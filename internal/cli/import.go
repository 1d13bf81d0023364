package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"stablefutures/internal/date"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// maxFile bounds a file before it is read into memory.
const maxFile = 512 << 20

type importCommand struct {
	database
	authorityFlag
	YearEnding string   `placeholder:"YYYY-MM-DD" help:"31 March that ends the year of the returns, for files that do not name it. Without it the year is told from the days in the files, and the report says so."`
	DryRun     bool     `help:"Say what would be taken in, and change nothing."`
	JSON       bool     `name:"json" help:"Print the report as JSON."`
	Files      []string `arg:"" name:"file" help:"Files to read; each is recognised by what is in it."`
}

// Run reads the files and prints the report. It exits with 1 where a file was
// not recognised; rows set aside are told and are no failure.
func (c *importCommand) Run(r *run) (err error) {
	year, err := yearEnding(c.YearEnding)
	if err != nil {
		return err
	}
	files, unreadable := readFiles(c.Files)
	db, clean, err := c.database.orTemporary(c.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, clean()) }()
	return db.open(r, func(s *service.Service) error {
		authority, name, err := authorityForImport(r, s, c.Authority)
		if err != nil {
			return err
		}
		report, err := s.Import(r.ctx, service.Operator(authority), files, service.ImportOptions{
			YearEnding: year, DryRun: c.DryRun, AuthoritySaid: c.Authority != "", NewAuthority: name})
		if err != nil {
			return fmt.Errorf("nothing was taken in: %w", err)
		}
		sayAuthority(&report)
		report.Unrecognised = append(report.Unrecognised, unreadable...)
		if err := c.print(r.Out, report); err != nil {
			return err
		}
		if len(report.Unrecognised) > 0 {
			return errReported
		}
		return nil
	})
}

// orTemporary is the database, or an empty one that clean takes away again: a dry
// run makes no database where there is none.
func (d database) orTemporary(dry bool) (db database, clean func() error, err error) {
	clean = func() error { return nil }
	if _, there := os.Stat(d.DB); !dry || store.IsPostgreSQL(d.DB) || !errors.Is(there, os.ErrNotExist) {
		return d, clean, nil
	}
	folder, err := os.MkdirTemp("", "stablefutures-dry-run-")
	return database{DB: filepath.Join(folder, "empty.db"), quiet: true}, func() error { return os.RemoveAll(folder) }, err
}

// sayAuthority adds what helps on the command line to files that say they are
// another authority's.
func sayAuthority(report *service.ImportReport) {
	for i := range report.Unrecognised {
		if u := &report.Unrecognised[i]; slices.Contains(report.OtherAuthority, u.Name) {
			u.Message += " If it is right as it is, name the authority with --authority " + report.Authority + "."
		}
	}
}

func (c *importCommand) print(w io.Writer, report service.ImportReport) error {
	if !c.JSON {
		return printImport(w, report)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(report)
}

// yearEnding reads the flag: a 31 March.
func yearEnding(text string) (date.Date, error) {
	if text == "" {
		return "", nil
	}
	day, err := date.Parse(text)
	if err != nil {
		return "", fmt.Errorf("--year-ending: %w", err)
	}
	if day.YearEnding() != day {
		return "", fmt.Errorf("--year-ending: a return's year ends on 31 March, so say %s for the year in which %s falls", day.YearEnding(), day)
	}
	return day, nil
}

// readFiles reads files from disk; one that cannot be read becomes a line of the
// report and does not stop the rest.
func readFiles(paths []string) (files []service.File, unreadable []service.UnrecognisedFile) {
	for _, path := range paths {
		name := filepath.Base(path)
		data, err := readFile(path)
		if err != nil {
			unreadable = append(unreadable, service.UnrecognisedFile{Name: name, Message: err.Error()})
			continue
		}
		files = append(files, service.File{Name: name, Data: data})
	}
	return files, unreadable
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, errors.New("There is no such file. Check the name.")
	case err != nil:
		return nil, fmt.Errorf("The file cannot be opened: %w", err)
	case info.IsDir():
		return nil, errors.New("This is a folder. Name the files in it.")
	case info.Size() > maxFile:
		return nil, fmt.Errorf("The file has %d MB; at most %d MB can be read. Leave out what is not a return, or split it.", info.Size()>>20, maxFile>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("The file cannot be read: %w", err)
	}
	return data, nil
}

// authorityForImport is the authority named, or the only one there is, or, in a new
// database, one whose code nobody has said yet. name is what one that is not there
// yet is to be called.
func authorityForImport(r *run, s *service.Service, code string) (_, name string, err error) {
	a, err := s.OnlyAuthority(r.ctx, code)
	switch {
	case err == nil:
		return a.Code, "", nil
	case errors.Is(err, service.ErrNotFound):
		return code, "Authority " + code, nil
	case !errors.Is(err, service.ErrWhichAuthority):
		return "", "", err
	}
	list, err := s.Authorities(r.ctx)
	if err != nil {
		return "", "", err
	}
	if len(list) > 0 {
		return "", "", service.ErrWhichAuthority
	}
	return service.UnnamedAuthority, "Authority without a code", nil
}
