package cli

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// ServiceAt is a service on an empty database of its own, by a clock of the test's.
func ServiceAt(t *testing.T, clock func() time.Time) (*service.Service, *store.DB) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), store.Options{Clock: clock, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := service.New(db, clock, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s, db
}

// SendMailBy is what serve does again and again with e-mails that wait.
func SendMailBy(s *service.Service, server, from string) func(context.Context) error {
	return sendMail(s, smtpServer{server: server, from: from})
}
