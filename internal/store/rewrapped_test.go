package store_test

import (
	"errors"
	"strings"
	"testing"

	"stablefutures/internal/seal"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// Who runs with the old master key goes on until keys are rotated under the new one, and
// says then what to do.
func TestARotationUnderAnotherMasterKeyIsTold(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		server, tool := open(t, dsn), open(t, dsn)
		sealedPeople(t, server, 1)
		other, err := seal.NewMaster([]byte("another master key for the tests"))
		if err != nil {
			t.Fatal(err)
		}
		if err := tool.RewrapKeyring(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		if _, err := tool.RotateKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		err = server.Write(t.Context(), func(tx *store.Tx) error { return addPerson(tx, 1) })
		if !errors.Is(err, seal.ErrMaster) || !strings.Contains(err.Error(), "start this program again with the new master key") {
			t.Errorf("it says: %v", err)
		}
	})
}
