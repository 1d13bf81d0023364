package store_test

import (
	"bytes"
	"errors"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// cutter stands between the program and PostgreSQL. Once it is told to, it breaks one
// connection: when a word passes to the server, either before the server gets it or
// after it answered, so that the answer is lost.
type cutter struct {
	address string // of PostgreSQL
	word    atomic.Pointer[string]
	after   atomic.Bool
}

func (c *cutter) serve(l net.Listener) {
	for {
		client, err := l.Accept()
		if err != nil {
			return // the test is over
		}
		server, err := net.Dial("tcp", c.address)
		if err != nil {
			client.Close()
			continue
		}
		go c.pass(client, server)
	}
}

func (c *cutter) pass(client, server net.Conn) {
	var lost atomic.Bool // the next answer does not arrive
	end := func() {
		client.Close()
		server.Close()
	}
	go func() {
		defer end()
		buffer := make([]byte, 1<<16)
		for {
			n, err := server.Read(buffer)
			if err != nil || lost.Load() {
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	defer func() {
		if !lost.Load() {
			end()
		}
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		word := c.word.Load()
		if word != nil && bytes.Contains(buffer[:n], []byte(*word)) && c.word.CompareAndSwap(word, nil) {
			if !c.after.Load() {
				return
			}
			lost.Store(true)
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// cut breaks the next connection on which the word passes.
func (c *cutter) cut(word string, after bool) {
	c.after.Store(after)
	c.word.Store(&word)
}

// throughCutter is a PostgreSQL database behind a cutter.
func throughCutter(t *testing.T) (*store.DB, *cutter) {
	t.Helper()
	u, err := url.Parse(storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &cutter{address: u.Host}
	go c.serve(l)
	u.Host = l.Addr().String()
	db := open(t, u.String())
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "working-2026"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, c
}

// A connection that breaks before a transaction is being kept has kept nothing: it is
// done again, and nobody notices.
func TestWhatWasCertainlyNotKeptIsDoneAgain(t *testing.T) {
	for _, after := range []bool{false, true} {
		db, c := throughCutter(t) // a connection tells the server a statement's text once
		c.cut("update authority", after)
		done := 0
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			done++
			return tx.Lock("999")
		})
		if err != nil || done != 2 {
			t.Errorf("cut off in the middle, it was done %d times: %v", done, err)
		}
	}
}

// A connection that breaks while a transaction is being kept leaves open whether it
// was: it is not done again, and the error says that the database is away.
func TestWhatMayHaveBeenKeptIsNotDoneAgain(t *testing.T) {
	db, c := throughCutter(t)
	for _, kept := range []bool{false, true} {
		c.cut("commit", kept)
		done := 0
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			done++
			return tx.AddAudit("999", store.AuditEntry{ID: map[bool]string{false: "lost", true: "kept"}[kept], Act: "sign in", Subject: "account", SubjectID: "a"})
		})
		if !errors.Is(err, store.ErrAway) || done != 1 {
			t.Errorf("cut off at the end, it was done %d times: %v", done, err)
		}
	}
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		list, err := tx.AuditOfKind("999", "account", "a", 10)
		if len(list) != 1 || list[0].ID != "kept" {
			t.Errorf("there are %+v", list)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
