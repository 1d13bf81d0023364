package backup

import (
	"bufio"
	"bytes"
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

// maxLine is the longest line that is read, in bytes; no row comes near it.
const maxLine = 64 << 20

// ErrIdentity: the backup was made for somebody else.
var ErrIdentity = errors.New("this identity does not open this backup: it was made for another recipient, or its beginning was altered. Look for the identity that belongs to the recipient")

// ErrForm: the file is no backup that this program knows.
var ErrForm = errors.New("this is no backup, or one of a later version of the program: restore it with that one")

// Reader reads a backup: Next, every Row, Next again until there is no more. Nothing
// of it is to be believed before Next has said that there is no more.
type Reader struct {
	Summary
	Mark, Sum []byte // of the whole, once it has been read

	in      *bufio.Reader
	all     hash.Hash
	before  []byte // sum of the lines before the one at hand
	table   hash.Hash
	tally   Tally
	columns []store.ColumnShape
	name    string // of the table at hand; empty between tables
	digest  Digest // of the table that ended last
}

// NewReader opens a backup with the identities that one has.
func NewReader(from io.Reader, identities []age.Identity) (*Reader, error) {
	open, err := age.Decrypt(bufio.NewReader(from), identities...)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, ErrIdentity
	}
	if err != nil {
		return nil, damaged(err)
	}
	unpacked, err := gzip.NewReader(open)
	if err != nil {
		return nil, damaged(err)
	}
	r := &Reader{in: bufio.NewReaderSize(unpacked, 64<<10), all: sha256.New()}
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(line, &r.Header); err != nil || r.Form != form {
		return nil, ErrForm
	}
	return r, nil
}

// damaged is the one line that is said of every way in which a file can be broken.
// Faults of the machine, such as a disk that cannot be read, are told as they are.
func damaged(err error) error {
	var fault interface{ Timeout() bool } // of the file system and the network
	if errors.As(err, &fault) {
		return err
	}
	return ErrDamaged
}

func (r *Reader) line() ([]byte, error) {
	var line []byte
	for {
		part, err := r.in.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) || len(line) > maxLine {
			return nil, damaged(err)
		}
	}
	r.before = r.all.Sum(nil)
	r.all.Write(line)
	return line, nil
}

// Next begins the next table; ok is false where the backup has been read to its end
// and is whole.
func (r *Reader) Next() (t store.TableShape, ok bool, err error) {
	line, err := r.line()
	if err != nil {
		return t, false, err
	}
	var begin tableLine
	if err := json.Unmarshal(line, &begin); err != nil {
		return t, false, ErrDamaged
	}
	if begin.Table == "" {
		return t, false, r.finish(line)
	}
	t.Name = begin.Table
	for _, c := range begin.Columns {
		t.Columns = append(t.Columns, store.ColumnShape{Name: c[0], Kind: c[1]})
	}
	r.name, r.columns, r.table, r.tally = t.Name, t.Columns, sha256.New(), Tally{}
	r.Tables++
	return t, true, nil
}

// Row is the next row of the table; nil at its end.
func (r *Reader) Row() ([]any, error) {
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(line, []byte("{")) {
		return nil, r.endTable(line)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil || len(raw) != len(r.columns) {
		return nil, ErrDamaged
	}
	row := make([]any, len(raw))
	for i := range raw {
		if row[i], err = value(raw[i], r.columns[i].Kind); err != nil {
			return nil, ErrDamaged
		}
	}
	r.table.Write(line)
	r.tally.line(line)
	r.Rows++
	return row, nil
}

func (r *Reader) endTable(line []byte) error {
	var end endLine
	if err := json.Unmarshal(line, &end); err != nil || end.End != r.name ||
		end.SHA256 != hex.EncodeToString(r.table.Sum(nil)) || !r.tally.Same(end.Digest) {
		return ErrDamaged
	}
	r.digest, r.name = end.Digest, ""
	return nil
}

// Digest is that of the table whose last row was read.
func (r *Reader) Digest() Digest { return r.digest }

// finish holds the last line to everything that stood before it.
func (r *Reader) finish(line []byte) error {
	var end endLine
	if err := json.Unmarshal(line, &end); err != nil || end.End != endOfBackup || r.name != "" ||
		end.SHA256 != hex.EncodeToString(r.before) || end.Tables != r.Tables || end.Digest.Rows != r.Rows {
		return ErrDamaged
	}
	mark, err := hex.DecodeString(end.Mark)
	if err != nil {
		return ErrDamaged
	}
	r.Sum, r.Mark = r.before, mark
	// The end of the stream is where a file that was cut off is told.
	if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
		return ErrDamaged
	}
	return nil
}
