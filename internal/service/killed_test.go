package service_test

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// killedDSN names the database of a process that is there to be killed.
const killedDSN = "STABLEFUTURES_TEST_KILLED"

// TestProcessThatIsKilled is no test: it is the process that the test below
// starts and kills. It takes a large return in, and says when it begins and ends.
func TestProcessThatIsKilled(t *testing.T) {
	dsn := os.Getenv(killedDSN)
	if dsn == "" {
		t.Skip("this is the process that another test kills")
	}
	db, err := store.Open(t.Context(), dsn, store.Options{Clock: time.Now, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	s, err := service.New(db, time.Now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	files := []service.File{file("episodes.csv", manyEpisodes(20000))}
	fmt.Println("begun")
	if _, err := s.Import(t.Context(), service.Operator("999"), files, service.ImportOptions{YearEnding: "2026-03-31"}); err != nil {
		t.Fatal(err)
	}
	fmt.Println("taken in")
}

func manyEpisodes(n int) string {
	var b strings.Builder
	b.WriteString("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n")
	for i := range n {
		fmt.Fprintf(&b, "k%d,01/05/2025,S,C2,N1,U6,PR1,,\n", i)
	}
	return b.String()
}

// An import that is killed leaves the database as it was: not one child, not one
// fact, not one line in the list of files. What was there before still is.
func TestAKilledImportLeavesNothingBehind(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		h := newHouse(t, dsn)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("a.csv", episodesBefore))
		killed := 0
		for round := 0; round < 12 && killed < 4; round++ {
			if importAndKill(t, dsn, time.Duration(20+60*round)*time.Millisecond) {
				break // it was faster than we were: all of it is there
			}
			killed++
			list, _, _, err := h.FilesRead(t.Context(), service.Actor{Authority: "999", Role: "data-officer"})
			if err != nil {
				t.Fatal(err)
			}
			a, err := h.Answer(t.Context(), h.operator, "2026-03-31", false)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) != 1 || a.Base.LookedAfter.Value != 3 {
				t.Fatalf("after a kill there are %d files and %d children looked after; before there were 1 and 3", len(list), a.Base.LookedAfter.Value)
			}
			same := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("a.csv", episodesBefore))
			if !same.Unchanged {
				t.Errorf("what was there before is no longer the same: %+v", same.Files)
			}
		}
		if killed == 0 {
			t.Error("no import could be killed in the middle: make it larger")
		}
	})
}

// importAndKill starts the process, waits until it begins and then some, and
// kills it; done tells that it had finished by then.
func importAndKill(t *testing.T, dsn string, after time.Duration) (done bool) {
	t.Helper()
	process := exec.Command(os.Args[0], "-test.run=^TestProcessThatIsKilled$", "-test.v")
	process.Env = append(os.Environ(), killedDSN+"="+dsn)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	begun := false
	for lines.Scan() {
		if lines.Text() == "begun" {
			begun = true
			break
		}
	}
	if !begun {
		t.Fatal("the process did not begin")
	}
	time.Sleep(after)
	if err := process.Process.Kill(); err != nil {
		t.Log(err)
	}
	for lines.Scan() {
		done = done || lines.Text() == "taken in"
	}
	if err := process.Wait(); err == nil && !done {
		t.Error("the process ended by itself without taking the file in")
	}
	return done
}
