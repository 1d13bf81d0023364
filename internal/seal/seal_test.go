package seal_test

import (
	"errors"
	"fmt"
	"testing"

	"stablefutures/internal/seal"
)

func ring(t *testing.T) *seal.Keyring {
	t.Helper()
	k, err := seal.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var linh = seal.Owner{Authority: "999", Child: "linh"}

// A value opens at the place for which it was sealed, under its owner's key, and nowhere
// else; parts of a place that run together make no other place.
func TestAValueOpensAtItsPlaceAlone(t *testing.T) {
	k := ring(t)
	key, _, err := k.NewDataKey(linh)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := k.NewDataKey(seal.Owner{Authority: "999", Child: "other"})
	if err != nil {
		t.Fatal(err)
	}
	at := seal.Place{Table: "identity", Column: "name", Authority: "999", Row: []string{"ab", "c"}}
	sealed := key.Seal(at, "Linh")
	if got, err := key.Open(at, sealed); err != nil || got != "Linh" {
		t.Errorf("at its place: %q, %v", got, err)
	}
	if sealed == key.Seal(at, "Linh") {
		t.Error("the same text is sealed alike twice: that two are the same shows")
	}
	places := map[string]seal.Place{
		"another table":     {Table: "draft", Column: "name", Authority: "999", Row: []string{"ab", "c"}},
		"another column":    {Table: "identity", Column: "upn", Authority: "999", Row: []string{"ab", "c"}},
		"another authority": {Table: "identity", Column: "name", Authority: "998", Row: []string{"ab", "c"}},
		"another row":       {Table: "identity", Column: "name", Authority: "999", Row: []string{"ab", "d"}},
		"parts run on":      {Table: "identity", Column: "name", Authority: "999", Row: []string{"a", "bc"}},
		"fewer parts":       {Table: "identity", Column: "name", Authority: "999", Row: []string{"abc"}},
	}
	for what, place := range places {
		if got, err := key.Open(place, sealed); !errors.Is(err, seal.ErrTampered) {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
	for what, text := range map[string]string{"plain": "Linh", "cut": sealed[:len(sealed)-2], "no base64": sealed + "!", "nothing behind the mark": "s1."} {
		if got, err := key.Open(at, text); !errors.Is(err, seal.ErrTampered) {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
	if got, err := other.Open(at, sealed); !errors.Is(err, seal.ErrTampered) {
		t.Errorf("under another key: %q, %v", got, err)
	}
}

// A data key opens for its owner alone, also once it is in memory, and after its wrapping
// key was rotated; without that key it is told apart from one that was changed.
func TestDataKeysAreTheirOwners(t *testing.T) {
	k := ring(t)
	_, wrapped, err := k.NewDataKey(linh)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.OpenDataKey(linh, wrapped); err != nil {
		t.Error(err)
	}
	if _, err := k.OpenDataKey(seal.Owner{Authority: "999", Child: "other"}, wrapped); !errors.Is(err, seal.ErrTampered) {
		t.Errorf("for somebody else: %v", err)
	}
	if _, err := k.OpenDataKey(linh, ""); !errors.Is(err, seal.ErrErased) {
		t.Errorf("destroyed: %v", err)
	}
	next, err := k.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	again, err := next.Rewrap(linh, wrapped)
	if err != nil {
		t.Fatal(err)
	}
	last, err := next.Without(k.IDs())
	if err != nil {
		t.Fatal(err)
	}
	last.Inherit(ring(t)) // what the earlier ones hold in memory is another process's
	if _, err := last.OpenDataKey(linh, again); err != nil {
		t.Errorf("wrapped anew: %v", err)
	}
	if _, err := last.OpenDataKey(linh, wrapped); !errors.Is(err, seal.ErrUnknownKey) {
		t.Errorf("wrapped by a key that is gone: %v", err)
	}
}

// Equal digests are sealed alike and come back; the plain one is not in the sealed one.
func TestDigestsComeBack(t *testing.T) {
	k := ring(t)
	const digest = "AAECAwQFBgcICQoLDA0ODw"
	one, err := k.Digests("row hash").Seal(digest)
	if err != nil {
		t.Fatal(err)
	}
	two, err := k.Digests("row hash").Seal(digest)
	if err != nil || one != two || one[3:] == digest {
		t.Errorf("%q, %q: %v", one, two, err)
	}
	if back, err := k.Digests("row hash").Open(one); err != nil || back != digest {
		t.Errorf("%q: %v", back, err)
	}
	if other, err := k.Digests("something else").Seal(digest); err != nil || other == one {
		t.Errorf("another purpose seals alike: %v", err)
	}
	if _, err := k.Digests("row hash").Open(digest); !errors.Is(err, seal.ErrTampered) {
		t.Errorf("a plain digest: %v", err)
	}
	if _, err := k.Digests("row hash").Seal("short"); err == nil {
		t.Error("what is no digest was sealed")
	}
}

// Many more keys than are held in memory open all the same.
func TestTheMemoryOfKeysIsBounded(t *testing.T) {
	k := ring(t)
	wrapped := map[seal.Owner]string{}
	for n := range 20_000 {
		of := seal.Owner{Authority: "999", Child: fmt.Sprint(n)}
		_, text, err := k.NewDataKey(of)
		if err != nil {
			t.Fatal(err)
		}
		wrapped[of] = text
	}
	if held := k.Held(); held > 2*8192 {
		t.Errorf("%d keys are held", held)
	}
	for of, text := range wrapped {
		if _, err := k.OpenDataKey(of, text); err != nil {
			t.Fatal(err)
		}
	}
}
