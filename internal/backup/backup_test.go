package backup_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/backup"
	"stablefutures/internal/store"
)

var odd = store.TableShape{Name: "odd", Columns: []store.ColumnShape{{Name: "a", Kind: store.KindText}, {Name: "b", Kind: store.KindInteger}, {Name: "c", Kind: store.KindReal}, {Name: "d", Kind: store.KindBytes}}}

var oddRows = [][]any{
	{"<&> \"ሰላም\"\n\u2028", int64(math.MaxInt64), 0.1, []byte{0, 255}},
	{"not UTF-8: \xff\xfe", int64(math.MinInt64), -1e300, []byte{}},
	{"", int64(0), math.SmallestNonzeroFloat64, []byte("{\"end\":\"odd\"}")},
	{"{\"end\":\"backup\"}\n", int64(-1), 3.0, nil},
	{nil, nil, nil, nil},
}

// written is a backup of one table with values that are easily lost.
func written(t *testing.T, to age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := backup.NewWriter(&out, []age.Recipient{to}, backup.Header{Schema: 3, Engine: "SQLite", TakenAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Table(odd); err != nil {
		t.Fatal(err)
	}
	for _, row := range oddRows {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(func(sum []byte) []byte { return sum }); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func keys(t *testing.T) (age.Identity, age.Recipient) {
	t.Helper()
	_, identity, recipient, err := backup.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return identity, recipient
}

// readAll reads a backup to its end.
func readAll(data []byte, identity age.Identity) (rows [][]any, err error) {
	r, err := backup.NewReader(bytes.NewReader(data), []age.Identity{identity})
	if err != nil {
		return nil, err
	}
	for {
		_, ok, err := r.Next()
		if err != nil || !ok {
			return rows, err
		}
		for {
			row, err := r.Row()
			if err != nil {
				return nil, err
			}
			if row == nil {
				break
			}
			rows = append(rows, row)
		}
	}
}

func TestEveryValueComesBackAsItWas(t *testing.T) {
	identity, recipient := keys(t)
	rows, err := readAll(written(t, recipient), identity)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(oddRows, rows); diff != "" {
		t.Errorf("rows (-written +read):\n%s", diff)
	}
}

// Somebody who has the recipient alone can write any file that age opens. What it
// says of itself must still be so, line by line.
func TestLinesThatDoNotAddUp(t *testing.T) {
	identity, recipient := keys(t)
	lines := strings.SplitAfter(inside(t, written(t, recipient), identity), "\n")
	lines = lines[:len(lines)-1]
	last := len(lines) - 1
	join := strings.Join
	if _, err := readAll(wrapped(t, join(lines, ""), recipient), identity); err != nil {
		t.Fatalf("the lines as they were: %v", err)
	}
	for why, text := range map[string]string{
		"a line behind the end":     join(lines, "") + "[1]\n",
		"no end":                    join(lines[:last], ""),
		"a row is missing":          join(append(append([]string{}, lines[:3]...), lines[4:]...), ""),
		"a row twice":               join(append(append([]string{}, lines[:4]...), lines[3:]...), ""),
		"two rows changed places":   join(lines[:2], "") + lines[3] + lines[2] + join(lines[4:], ""),
		"a table is not ended":      join(lines[:last-1], "") + lines[last],
		"the table is left out":     lines[0] + lines[last],
		"a value of another kind":   strings.Replace(join(lines, ""), "9223372036854775807", `"12"`, 1),
		"a number that is too long": strings.Replace(join(lines, ""), "9223372036854775807", "92233720368547758070", 1),
		"a value too many":          strings.Replace(join(lines, ""), "[null,", "[null,null,", 1),
		"the end without its mark":  join(lines[:last], "") + strings.Replace(lines[last], `"mark":"`, `"mark":"x`, 1),
		"another time":              strings.Replace(join(lines, ""), `"taken_at":"2`, `"taken_at":"3`, 1),
		"no JSON":                   join(lines[:2], "") + "{[\n" + join(lines[2:], ""),
		"no line end":               join(lines, "")[:len(join(lines, ""))-1],
	} {
		if _, err := readAll(wrapped(t, text, recipient), identity); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("%s: %v", why, err)
		}
	}
	for why, text := range map[string]string{"a later form": strings.Replace(join(lines, ""), `"backup":1`, `"backup":2`, 1), "something else": "CHILD,NAME\n"} {
		if _, err := readAll(wrapped(t, text, recipient), identity); !errors.Is(err, backup.ErrForm) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func inside(t *testing.T, data []byte, identity age.Identity) string {
	t.Helper()
	open, err := age.Decrypt(bytes.NewReader(data), identity)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(open)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func wrapped(t *testing.T, text string, recipient age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	sealed, err := age.Encrypt(&out, recipient)
	if err != nil {
		t.Fatal(err)
	}
	packed := gzip.NewWriter(sealed)
	_, err = packed.Write([]byte(text))
	if err := errors.Join(err, packed.Close(), sealed.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A file is there whole, readable by its owner alone, or not at all.
func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.age")
	full := errors.New("the disk is full")
	err := backup.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write([]byte("half"))
		return errors.Join(err, full)
	})
	if !errors.Is(err, full) {
		t.Errorf("%v, want that the disk is full", err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	write := func(w io.Writer) error {
		_, err := w.Write([]byte("whole"))
		return err
	}
	if err := backup.WriteFile(path, write); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v, want rights for its owner alone", info.Mode(), err)
	}
	if err := backup.WriteFile(path, write); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("written over: %v", err)
	}
}

func TestKeys(t *testing.T) {
	secret, _, other, err := backup.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	recipient := fmt.Sprint(other)
	public, _, _ := strings.Cut(strings.TrimPrefix(secret, "# public key: "), "\n")
	classic, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{public, classic.Recipient().String(), "# two\n" + public + "\n\n" + recipient + "\n"} {
		if list, err := backup.Recipients(text); err != nil || len(list) != 1+strings.Count(text, "two") {
			t.Errorf("%.60s: %v", text, err)
		}
	}
	mixed := public + "\n" + classic.Recipient().String()
	for _, text := range []string{secret, classic.String(), mixed, "", "somebody", "ssh-ed25519 AAAA"} {
		_, err := backup.Recipients(text)
		if err == nil || strings.Contains(err.Error(), "SECRET-KEY-1") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.20s: %v", text, err)
		}
	}
	path := filepath.Join(t.TempDir(), "identity.txt")
	if err := os.WriteFile(path, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	if list, err := backup.Identities(path); err != nil || len(list) != 1 {
		t.Errorf("%d identities, %v", len(list), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Identities(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("an identity that others may read: %v", err)
	}
}
