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
	"working-2026 1.1": "c28b95c5bc607f7ed98e6e9543488f51ad6361fdffa01260e10621e424a33c7d",
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
