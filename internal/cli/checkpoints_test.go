package cli

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// shaky is a place that takes nothing while it is down.
type shaky struct {
	down bool
	got  []int64
}

func (s *shaky) String() string { return "shaky" }

func (s *shaky) send(_ context.Context, c service.Checkpoint) error {
	if s.down {
		return errors.New("no route to host")
	}
	s.got = append(s.got, c.Size)
	return nil
}

// What fails is logged and tried again; what was sent is sent again only when the log
// grew and an hour is over, or at the end.
func TestWhatFailsIsSentAgain(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	s, db := ServiceAt(t, func() time.Time { return now })
	grow := func(code string) {
		t.Helper()
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddAudit("999", store.AuditEntry{ID: code, Act: "a"}) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AddAuthority(t.Context(), "999", "Fernshire", false); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	place := &shaky{down: true}
	sender := checkpointSender{service: s, log: slog.New(slog.NewTextHandler(&said, nil)), sinks: []checkpointSink{place}, sent: map[string]sentCheckpoint{}}
	expect := func(what string, want ...int64) {
		t.Helper()
		sender.send(t.Context(), checkpointEvery)
		if len(place.got) != len(want) || len(want) > 0 && place.got[len(want)-1] != want[len(want)-1] {
			t.Errorf("%s: sent were %v, want %v", what, place.got, want)
		}
	}
	expect("while it is down")
	if !strings.Contains(said.String(), "no route to host") {
		t.Errorf("logged was %q", said.String())
	}
	place.down = false
	expect("when it is there again", 1)
	grow("b")
	expect("within the hour", 1)
	now = now.Add(checkpointEvery)
	expect("after an hour", 1, 2)
	now = now.Add(checkpointEvery)
	expect("when nothing grew", 1, 2)
	grow("c")
	ended, stop := context.WithCancel(t.Context())
	stop()
	sender.run(ended, nil)
	if len(place.got) != 3 || place.got[2] != 3 {
		t.Errorf("at the end, sent were %v", place.got)
	}
}

// A file of a checkpoint is never written over: one of as many entries that says
// something else is a log that was written anew.
func TestACheckpointIsNeverWrittenOver(t *testing.T) {
	folder := checkpointFolder(t.TempDir())
	point := service.Checkpoint{Authority: "999", Size: 4, Text: []byte("one\n")}
	for range 2 {
		if err := folder.send(t.Context(), point); err != nil {
			t.Fatal(err)
		}
	}
	point.Text = []byte("other\n")
	if err := folder.send(t.Context(), point); err == nil || !strings.Contains(err.Error(), "was written anew") {
		t.Errorf("another text: %v", err)
	}
	kept, err := os.ReadFile(filepath.Join(string(folder), "999-4.checkpoint"))
	if err != nil || string(kept) != "one\n" {
		t.Errorf("kept is %q: %v", kept, err)
	}
	if err := folder.send(t.Context(), service.Checkpoint{Size: 1, Text: []byte("x\n")}); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(string(folder))
	if err != nil || len(files) != 2 || files[1].Name() != "no-authority-1.checkpoint" {
		t.Errorf("in the folder is %v: %v", files, err)
	}
}

// A log that is shorter than a checkpoint in the folder is told, also by a program that
// was started anew and remembers nothing.
func TestAFolderKnowsThatALogWasLonger(t *testing.T) {
	folder := checkpointFolder(t.TempDir())
	for _, c := range []service.Checkpoint{{Authority: "999", Size: 20, Text: []byte("a\n")}, {Authority: "998", Size: 4, Text: []byte("b\n")}, {Authority: "999", Size: 21, Text: []byte("c\n")}} {
		if err := folder.send(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	err := folder.send(t.Context(), service.Checkpoint{Authority: "999", Size: 9, Text: []byte("d\n")})
	if err == nil || !strings.Contains(err.Error(), "the log has 9 entries") || !strings.Contains(err.Error(), "entries were cut off") {
		t.Errorf("got %v", err)
	}
}
