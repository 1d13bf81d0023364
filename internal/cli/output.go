package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"stablefutures/internal/returns/template"
)

// fileOutput are the flags of commands that write a file.
type fileOutput struct {
	Format string `enum:"auto,xlsx,csv" default:"auto" help:"xlsx or csv; by the ending of the file's name where it is not said, and otherwise csv."`
	Output string `short:"o" placeholder:"FILE" help:"File to write; without it the result goes to standard output."`
}

func (o fileOutput) format() template.Format {
	switch {
	case o.Format == string(template.XLSX), o.Format == "auto" && strings.EqualFold(filepath.Ext(o.Output), ".xlsx"):
		return template.XLSX
	}
	return template.CSV
}

// writeTo calls write with the file, or with standard output. A file that could
// not be written whole is taken away again; one that was there is not touched.
func writeTo(r *run, path string, write func(io.Writer) error) (err error) {
	if path == "" {
		return write(r.Out)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already: name another file, or take that one away", path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err = errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
