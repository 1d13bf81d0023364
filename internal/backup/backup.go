// Package backup writes and reads the file that holds a whole database: encrypted
// with age, compressed, one line of JSON for each row, in a form that is the same for
// both engines, so that what one wrote can be restored into the other.
//
//	{"backup":1,"program":…,"schema":3,"engine":"SQLite","taken_at":…}
//	{"table":"authority","columns":[["code","text"],…]}
//	["999","Fernshire",0,…]
//	{"end":"authority","rows":1,"sha256":…,"sum":…}
//	{"end":"backup","tables":21,"rows":5120,"sha256":…,"mark":…}
//
// It knows lines and hashes. No SQL belongs here, and no decision about who may make
// a backup or what happens to it.
package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"time"
	"unicode/utf8"

	"stablefutures/internal/store"
)

// form is the number of this form of the file.
const form = 1

// Header is what a backup says of itself.
type Header struct {
	Form    int       `json:"backup"`
	Program string    `json:"program"` // version of the program that made it
	Schema  int64     `json:"schema"`  // version of the tables
	Engine  string    `json:"engine"`
	TakenAt time.Time `json:"taken_at"`
}

// Summary is what a backup holds.
type Summary struct {
	Header
	Tables int
	Rows   int
}

type tableLine struct {
	Table   string      `json:"table"`
	Columns [][2]string `json:"columns"` // name and kind
}

// Digest is what a table's rows come to. SHA256 is of its lines as they stand in the
// file; Sum, the sum of the hashes of the rows, is the same in whatever order they come.
type Digest struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
	Sum    string `json:"sum"`
}

type endLine struct {
	End    string `json:"end"`
	Tables int    `json:"tables,omitempty"`
	Digest
	Mark string `json:"mark,omitempty"` // keyed hash of SHA256, see store.DB.Mark
}

// endOfBackup is what the last line ends; a table has no such name, see Writer.Table.
const endOfBackup = "backup"

// ErrDamaged: the file is not what was written.
var ErrDamaged = errors.New("the backup cannot be used: it was cut off or altered after it was made. Take another copy of it, or an earlier backup")

// Tally adds up the rows of one table.
type Tally struct {
	rows int
	sum  big.Int
}

// modulus keeps a sum of hashes as long as a hash.
var modulus = new(big.Int).Lsh(big.NewInt(1), 8*sha256.Size)

// Add counts one row.
func (t *Tally) Add(values []any) error {
	line, err := rowLine(values)
	if err == nil {
		t.line(line)
	}
	return err
}

func (t *Tally) line(line []byte) {
	hash := sha256.Sum256(line)
	t.rows++
	t.sum.Add(&t.sum, new(big.Int).SetBytes(hash[:]))
	t.sum.Mod(&t.sum, modulus)
}

// Same tells whether the rows are those of a digest, in whatever order.
func (t *Tally) Same(d Digest) bool { return t.rows == d.Rows && t.text() == d.Sum }

func (t *Tally) text() string { return hex.EncodeToString(t.sum.FillBytes(make([]byte, sha256.Size))) }

// odd is a value that JSON has no word for: bytes, and text that is no UTF-8.
type odd struct {
	Bytes []byte `json:"bytes"`
}

// rowLine is a row as it stands in the file, with its line end.
func rowLine(values []any) ([]byte, error) {
	list := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case nil, int64, float64:
			list[i] = v
		case []byte:
			list[i] = odd{v}
		case string:
			if list[i] = v; !utf8.ValidString(v) {
				list[i] = odd{[]byte(v)}
			}
		default:
			return nil, fmt.Errorf("a value of the type %T cannot be kept in a backup", v)
		}
	}
	line, err := json.Marshal(list)
	return append(line, '\n'), err
}

// value is one value of a row as the store takes it, by the kind of its column.
func value(raw json.RawMessage, kind string) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	if raw[0] == '{' {
		var o odd
		err := json.Unmarshal(raw, &o)
		if kind == store.KindText {
			return string(o.Bytes), err
		}
		return o.Bytes, err
	}
	switch kind {
	case store.KindText:
		return as[string](raw)
	case store.KindInteger:
		return as[int64](raw)
	case store.KindReal:
		return as[float64](raw)
	}
	return nil, ErrDamaged
}

func as[T any](raw json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}
