package ledger_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/ledger"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

var keys = ledger.NewKeys(bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32))

// written is a log of n entries as the program writes it.
func written(n int) ([]ledger.Sealed, ledger.Tree) {
	var tree ledger.Tree
	var log []ledger.Sealed
	for i := range n {
		log = append(log, keys.Append(&tree, ledger.Entry{Authority: "999", ID: fmt.Sprint("e", i), At: fmt.Sprintf("2026-11-24T10:00:%02d.000000Z", i%60),
			Account: "a1", Act: "read record", Subject: "record", SubjectID: "r1", Detail: "x"}))
	}
	return log, tree
}

// checked is what the check of a log finds, in words.
func checked(log []ledger.Sealed, head ledger.Tree, points ...ledger.Checkpoint) []string {
	c := keys.Check("999", points)
	for _, e := range log {
		c.Entry(e)
	}
	findings, _ := c.End(head.Size, head.Edge())
	var words []string
	for _, f := range findings {
		words = append(words, fmt.Sprintf("%d %s", f.Entry, f.What))
	}
	return words
}

func point(tree ledger.Tree) ledger.Checkpoint {
	return ledger.Checkpoint{Authority: "999", Size: tree.Size, Root: tree.Root()}
}

func TestALogAsItWasWrittenIsFound(t *testing.T) {
	for n := range 40 {
		log, tree := written(n)
		_, earlier := written(n / 2)
		if words := checked(log, tree, point(tree), point(earlier)); len(words) > 0 {
			t.Errorf("%d entries: %q", n, words)
		}
	}
}

// Any byte of any field of any entry, changed, is found at that entry.
func TestAnyChangeOfAnyByteIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, tree := written(rapid.IntRange(1, 40).Draw(t, "entries"))
		which := rapid.IntRange(0, len(log)-1).Draw(t, "entry")
		e := &log[which]
		fields := []*string{&e.Authority, &e.ID, &e.At, &e.Account, &e.Act, &e.Subject, &e.SubjectID, &e.Detail, &e.MAC, &e.Hashes}
		field := rapid.SampledFrom(fields).Draw(t, "field")
		text := []byte(*field)
		at := rapid.IntRange(0, len(text)-1).Draw(t, "byte")
		text[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		*field = string(text)
		words := checked(log, tree)
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, fmt.Sprint(which+1, " ")) }) {
			t.Fatalf("entry %d was changed to %+v, and found was %q", which+1, *e, words)
		}
	})
}

// A text that moves from the end of one field to the beginning of the next is a change.
func TestFieldsAreKeptApart(t *testing.T) {
	log, tree := written(1)
	log[0].Act, log[0].Subject = "read recor", "drecord"
	if words := checked(log, tree); len(words) == 0 {
		t.Error("nothing was found")
	}
}

func TestWhatIsDoneToALogIsFoundAndSaid(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(log []ledger.Sealed) []ledger.Sealed
		want []string
	}{
		{"one is missing", func(log []ledger.Sealed) []ledger.Sealed { return slices.Delete(log, 4, 5) }, []string{"5 it is missing"}},
		{"three are missing", func(log []ledger.Sealed) []ledger.Sealed { return slices.Delete(log, 4, 7) }, []string{"5 this entry and all others up to entry 7 are missing"}},
		{"the last is missing", func(log []ledger.Sealed) []ledger.Sealed { return log[:19] }, []string{"0 its head counts 20 entries and there are 19"}},
		{"two are swapped", func(log []ledger.Sealed) []ledger.Sealed {
			log[3].N, log[8].N = log[8].N, log[3].N
			log[3], log[8] = log[8], log[3]
			return log
		}, []string{"4 it is not as the program wrote it", "9 it is not as the program wrote it"}},
		{"one stands twice", func(log []ledger.Sealed) []ledger.Sealed { return slices.Insert(log, 5, log[4]) }, []string{"5 it stands at a place of the log that is taken"}},
		{"a hash of the tree is another", func(log []ledger.Sealed) []ledger.Sealed {
			flat, _ := base64.StdEncoding.DecodeString(log[1].Hashes)
			flat[tlog.HashSize] ^= 1 // of the second hash; the first is the entry's own
			log[1].Hashes = base64.StdEncoding.EncodeToString(flat)
			return log
		}, []string{"2 the hashes that are kept with it are not those of the entries up to it"}},
		{"one is added", func(log []ledger.Sealed) []ledger.Sealed {
			more := log[3]
			more.N, more.ID = 20, "new"
			return append(log, more)
		}, []string{"21 it is not as the program wrote it", "head counts 20 entries and there are 21"}},
	} {
		log, tree := written(20)
		words := checked(c.do(log), tree)
		for _, want := range c.want {
			if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, want) }) {
				t.Errorf("%s: found was %q, and not %q", c.name, words, want)
			}
		}
	}
}

// A log that was cut off and whose head was worked out anew is another log only to
// somebody who kept a checkpoint.
func TestACheckpointFindsWhatWasCutOffOrWrittenAnew(t *testing.T) {
	_, whole := written(20)
	log, tree := written(12)
	if words := checked(log, tree); len(words) > 0 {
		t.Fatalf("without a checkpoint: %q", words)
	}
	if words := checked(log, tree, point(whole)); len(words) != 1 || !strings.Contains(words[0], "it was cut off") {
		t.Errorf("found was %q", words)
	}
	var other ledger.Tree
	log = nil
	for i := range 25 {
		log = append(log, keys.Append(&other, ledger.Entry{Authority: "999", ID: fmt.Sprint("other", i)}))
	}
	if words := checked(log, other, point(whole)); len(words) != 1 || !strings.Contains(words[0], "written anew") {
		t.Errorf("found was %q", words)
	}
}

// The tree is tlog's: the same hashes are kept at the same places, so that its proofs
// can be made from what entries hold.
func TestTlogProvesFromWhatEntriesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, tree := written(rapid.IntRange(1, 70).Draw(t, "entries"))
		reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
			var list []tlog.Hash
			for _, index := range indexes {
				n, which := ledger.At(index)
				flat, err := base64.StdEncoding.DecodeString(log[n].Hashes)
				if err != nil {
					return nil, err
				}
				list = append(list, tlog.Hash(flat[which*tlog.HashSize:][:tlog.HashSize]))
			}
			return list, nil
		})
		root, err := tlog.TreeHash(tree.Size, reader)
		if err != nil || root != tree.Root() {
			t.Fatalf("tlog's root is another one: %v", err)
		}
		n := rapid.Int64Range(0, tree.Size-1).Draw(t, "entry")
		leaf, err := reader([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			t.Fatal(err)
		}
		proof, err := tlog.ProveRecord(tree.Size, n, reader)
		if err != nil || tlog.CheckRecord(proof, tree.Size, root, n, leaf[0]) != nil {
			t.Fatalf("entry %d cannot be proved: %v", n, err)
		}
		_, earlier := written(int(n) + 1)
		grown, err := tlog.ProveTree(tree.Size, n+1, reader)
		if err != nil || tlog.CheckTree(grown, tree.Size, root, n+1, earlier.Root()) != nil {
			t.Fatalf("that the log grew from %d entries cannot be proved: %v", n+1, err)
		}
	})
}

func TestACheckpointIsReadBackAndNoOtherIsTaken(t *testing.T) {
	_, tree := written(20)
	text, err := keys.Sign(point(tree))
	if err != nil {
		t.Fatal(err)
	}
	if c, err := keys.Open(text); err != nil || c != point(tree) {
		t.Errorf("read back as %+v: %v", c, err)
	}
	none, err := keys.Sign(ledger.Checkpoint{})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := keys.Open(none); err != nil || c.Authority != "" {
		t.Errorf("the log of no authority is read back as %+v: %v", c, err)
	}
	other := ledger.NewKeys(bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{3}, 32))
	if _, err := other.Open(text); !errors.Is(err, ledger.ErrForeign) {
		t.Errorf("with other keys: %v", err)
	}
	if _, err := keys.Open(bytes.Replace(text, []byte("\n20\n"), []byte("\n21\n"), 1)); !errors.Is(err, ledger.ErrForeign) {
		t.Errorf("with another size: %v", err)
	}
	for _, wrong := range []string{"", "a photo", string(text[:len(text)-20]), "stablefutures/ledger/999\n20\n"} {
		if _, err := keys.Open([]byte(wrong)); !errors.Is(err, ledger.ErrNoCheckpoint) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// The signature is one that others can check with the key alone.
func TestOthersCheckASignatureWithTheKeyAlone(t *testing.T) {
	_, tree := written(3)
	text, err := keys.Sign(point(tree))
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.VerifierKey("999")
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(text, note.VerifierList(v)); err != nil {
		t.Error(err)
	}
}

func TestAnEdgeOfAnotherSizeIsRefused(t *testing.T) {
	_, tree := written(5)
	for _, size := range []int64{-1, 4, 7} {
		if _, err := ledger.ParseTree(size, tree.Edge()); err == nil {
			t.Errorf("an edge of 5 entries was taken for one of %d", size)
		}
	}
	if _, err := ledger.ParseTree(1, "?"); err == nil {
		t.Error("no edge was taken for one")
	}
}
