package editions

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
)

// sums are those of the editions as they are, by id and version. The sum of one
// that was released never changes: see the comment of the package.
var sums = map[string]string{
	"working-2026 1.2": "9c6bb724f665933063dc0b7fbf495009af04efd8f64126c0587a185c15b5fdd7",
}

// Readings are bound to the words of an edition: they cannot change by accident.
func TestAnEditionIsWhatItsVersionSays(t *testing.T) {
	var e struct{ ID, Version string }
	if err := json.Unmarshal(Working, &e); err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := json.Compact(&text, Working); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text.Bytes())
	if got := hex.EncodeToString(sum[:]); got != sums[e.ID+" "+e.Version] {
		t.Errorf("the sum of %s, version %s, is %s: once released, other words need another id; before that, another version, and its sum here", e.ID, e.Version, got)
	}
}
