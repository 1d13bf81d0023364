package seal_test

import (
	"testing"

	"stablefutures/internal/seal"
)

// BenchmarkValue is what one sealed value costs.
func BenchmarkValue(b *testing.B) {
	k, err := seal.NewKeyring()
	if err != nil {
		b.Fatal(err)
	}
	key, wrapped, err := k.NewDataKey(linh)
	if err != nil {
		b.Fatal(err)
	}
	at := seal.Place{Table: "identity", Column: "name", Authority: "999", Row: []string{"rfbfkhfph4iifm73hx3yhjisyi", "person", "2026-03-31T12:00:00.000000Z"}}
	sealed := key.Seal(at, "Nguyễn Thị Linh")
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			key.Seal(at, "Nguyễn Thị Linh")
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, err := key.Open(at, sealed); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("make-a-key", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := k.NewDataKey(linh); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open-a-key-held", func(b *testing.B) {
		for b.Loop() {
			if _, err := k.OpenDataKey(linh, wrapped); err != nil {
				b.Fatal(err)
			}
		}
	})
}
