package service_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"stablefutures/internal/access"
	"stablefutures/internal/backup"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/seal"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// pair is somebody who may read backups.
func pair(t *testing.T) (age.Identity, age.Recipient) {
	t.Helper()
	_, identity, recipient, err := backup.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return identity, recipient
}

// backedUp is a backup of the whole house.
func (h *house) backedUp(t *testing.T, to age.Recipient) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := h.Backup(t.Context(), service.Operator(""), &b, []age.Recipient{to}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// restored is a house on an empty database, filled with a backup.
func restored(t *testing.T, dsn string, from []byte, identity age.Identity) *house {
	t.Helper()
	if err := restore(t, dsn, from, identity, storetest.Master); err != nil {
		t.Fatal(err)
	}
	return opened(t, dsn)
}

func restore(t *testing.T, dsn string, from []byte, identity age.Identity, master seal.Master) error {
	t.Helper()
	_, err := service.RestoreBackup(t.Context(), bytes.NewReader(from), []age.Identity{identity}, dsn, store.Options{Clock: time.Now, Master: master}, rand.Reader)
	return err
}

// others are an empty database of each engine.
func others(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("into SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "restored.db")) })
	t.Run("into PostgreSQL", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

// sound fails the test where kept counts are not what the readings say.
func (h *house) sound(t *testing.T) {
	t.Helper()
	differences, err := h.CheckCounts(t.Context(), h.operator, false)
	if err != nil || len(differences) > 0 {
		t.Errorf("check after a restore: %v %v", differences, err)
	}
}

func (h *house) readings(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := h.ExportReadings(t.Context(), h.operator, &b, template.CSV); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const saidBefore = `Child ID,Conversation,Said on,Language,Edition,Indicator,Voice,Answer,Evidence,Helped by,Words
c1,first,03/11/2025,Tigrinya,working-2026,home.1,Young person,4,,Interpreter,"It is quiet, ""quiet"", ሰላም. 
I can lock my door."
c1,first,03/11/2025,Tigrinya,working-2026,home.2,Young person,Does not want to say,,Interpreter,
c1,first,03/11/2025,Tigrinya,working-2026,home.1,Worker,3,What I have seen,,
`

// What one engine wrote can be restored into either, and says the same there.
func TestABackupIsRestoredIntoEitherEngine(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		identity, recipient := pair(t)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("episodes.csv", manyEpisodes(700)), file("said.csv", saidBefore))
		worker := h.account(t, "worker", access.Worker)
		_, codes, in := h.enrol(t, "worker")
		made := h.backedUp(t, recipient)
		others(t, func(t *testing.T, dsn string) {
			again := restored(t, dsn, made, identity)
			again.sound(t)
			if got, want := again.readings(t), h.readings(t); got != want || !strings.Contains(want, "ሰላም") {
				t.Errorf("readings after the restore:\n%s\nbefore:\n%s", got, want)
			}
			if _, err := again.Session(t.Context(), "999", in.Token); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("a session lives on in a restored database: %v", err)
			}
			if _, err := again.SignIn(t.Context(), service.Credentials{Authority: "999", Username: worker.Username, Password: password, Code: codes[0]}, service.Visitor{}); err != nil {
				t.Errorf("nobody can sign in to a restored database: %v", err)
			}
			again.logs(t, "backup", "restore backup")
		})
	})
}

// logs fails the test where an act on the whole database is not in the log.
func (h *house) logs(t *testing.T, acts ...string) {
	t.Helper()
	err := h.db.Read(t.Context(), func(tx *store.Tx) error {
		entries, err := tx.AuditOfKind("999", "authority", "999", 100)
		seen := map[string]int{}
		for _, e := range entries {
			seen[e.Act]++
		}
		for _, act := range acts {
			if seen[act] != 1 {
				t.Errorf("%d entries %q in the log, want 1", seen[act], act)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// busy are writers that go on until they are told to stop, and what was acknowledged.
type busy struct {
	mu     sync.Mutex
	done   []string // records, as they were acknowledged
	more   chan struct{}
	failed error
	writes sync.WaitGroup
}

func (b *busy) acknowledged() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.done...)
}

// await returns when n more writes have been acknowledged than before.
func (b *busy) await(t *testing.T, n int) {
	for range n {
		select {
		case <-b.more:
		case <-time.After(time.Minute):
			t.Error("the writers stand still")
			return
		}
	}
}

// begin starts four writers, each with a write 12 times a second, so that about fifty
// a second come.
func (h *house) begin(ctx context.Context, t *testing.T, worker service.Actor) *busy {
	b := &busy{more: make(chan struct{}, 100_000)}
	for n := range 4 {
		b.writes.Go(func() {
			beat := time.NewTicker(time.Second / 13)
			defer beat.Stop()
			for i := 0; ctx.Err() == nil; i++ {
				record, _, err := h.AddChild(context.WithoutCancel(ctx), worker, service.NewChild{ID: h.NewID(),
					Name: fmt.Sprintf("Writer %d child %d", n, i), BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", Anyway: true})
				b.mu.Lock()
				b.done, b.failed = append(b.done, record), errors.Join(b.failed, err)
				b.mu.Unlock()
				b.more <- struct{}{}
				<-beat.C
			}
		})
	}
	return b
}

// heldUp lets a backup go on only when others have written meanwhile.
type heldUp struct {
	io.Writer
	once sync.Once
	wait func()
}

func (h *heldUp) Write(p []byte) (int, error) {
	h.once.Do(h.wait)
	return h.Writer.Write(p)
}

// A backup is of one instant, while fifty writes a second go on: all that was
// acknowledged before it began is in it, nothing that began after it, and no writer
// is held up or fails.
func TestABackupOfABusyDatabase(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		identity, recipient := pair(t)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("episodes.csv", manyEpisodes(300)), file("said.csv", saidBefore))
		worker := h.account(t, "worker", access.Worker)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		b := h.begin(ctx, t, worker)
		b.await(t, 20)
		before := b.acknowledged()
		var made bytes.Buffer
		var begun int
		slow := &heldUp{Writer: &made, wait: func() {
			begun = len(b.acknowledged()) // the instant of the backup lies before this
			b.await(t, 50)
		}}
		if _, err := h.Backup(t.Context(), service.Operator(""), slow, []age.Recipient{recipient}); err != nil {
			t.Error(err)
		}
		b.await(t, 10)
		stop()
		b.writes.Wait()
		if b.failed != nil {
			t.Fatalf("a write failed during the backup: %v", b.failed)
		}
		others(t, func(t *testing.T, dsn string) {
			again := restored(t, dsn, made.Bytes(), identity)
			again.sound(t)
			held := again.records(t, worker)
			for _, record := range before {
				if !held[record] {
					t.Errorf("record %s was acknowledged before the backup began and is not in it", record)
				}
			}
			for _, record := range b.done[begun+4:] { // four may have been under way
				if held[record] {
					t.Errorf("record %s was written after the instant of the backup and is in it", record)
				}
			}
		})
	})
}

func (h *house) records(t *testing.T, worker service.Actor) map[string]bool {
	t.Helper()
	list, err := h.Caseload(t.Context(), worker, "", service.ByReference)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, row := range list.Rows {
		held[row.Record] = true
	}
	return held
}
