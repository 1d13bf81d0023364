package backup

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"

	"filippo.io/age"

	"stablefutures/internal/store"
)

// Writer writes a backup: each Table, its Rows, and in the end Close.
type Writer struct {
	sealed io.WriteCloser
	packed *gzip.Writer
	out    *bufio.Writer

	all     hash.Hash // of every line
	table   hash.Hash // of the rows of the table at hand
	tally   Tally
	name    string // of the table at hand; empty before the first
	summary Summary
}

// NewWriter begins a backup that only recipients can read. Nothing reaches to
// unencrypted.
func NewWriter(to io.Writer, recipients []age.Recipient, h Header) (*Writer, error) {
	sealed, err := age.Encrypt(to, recipients...)
	if err != nil {
		return nil, err
	}
	packed, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	h.Form = form
	w := &Writer{sealed: sealed, packed: packed, out: bufio.NewWriterSize(packed, 64<<10), all: sha256.New(), summary: Summary{Header: h}}
	return w, w.json(h)
}

func (w *Writer) json(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.line(append(line, '\n'))
}

func (w *Writer) line(line []byte) error {
	w.all.Write(line)
	_, err := w.out.Write(line)
	return err
}

// Table ends the table before, and begins another.
func (w *Writer) Table(t store.TableShape) error {
	if t.Name == "" || t.Name == endOfBackup {
		return errors.New("a table cannot be named " + t.Name + " in a backup")
	}
	if err := w.endTable(); err != nil {
		return err
	}
	line := tableLine{Table: t.Name}
	for _, c := range t.Columns {
		line.Columns = append(line.Columns, [2]string{c.Name, c.Kind})
	}
	w.name, w.table, w.tally = t.Name, sha256.New(), Tally{}
	w.summary.Tables++
	return w.json(line)
}

// Row adds a row to the table.
func (w *Writer) Row(values []any) error {
	line, err := rowLine(values)
	if err != nil {
		return err
	}
	w.table.Write(line)
	w.tally.line(line)
	w.summary.Rows++
	return w.line(line)
}

func (w *Writer) endTable() error {
	if w.name == "" {
		return nil
	}
	end := endLine{End: w.name, Digest: Digest{Rows: w.tally.rows, SHA256: hex.EncodeToString(w.table.Sum(nil)), Sum: w.tally.text()}}
	w.name = ""
	return w.json(end)
}

// Close writes the last line, with what mark makes of the sum of all others. Without
// it the file is no backup.
func (w *Writer) Close(mark func(sum []byte) []byte) (Summary, error) {
	if err := w.endTable(); err != nil {
		return Summary{}, err
	}
	sum := w.all.Sum(nil)
	err := w.json(endLine{End: endOfBackup, Tables: w.summary.Tables,
		Digest: Digest{Rows: w.summary.Rows, SHA256: hex.EncodeToString(sum)}, Mark: hex.EncodeToString(mark(sum))})
	if err != nil {
		return Summary{}, err
	}
	return w.summary, errors.Join(w.out.Flush(), w.packed.Close(), w.sealed.Close())
}
