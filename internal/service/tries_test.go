package service

import (
	"fmt"
	"testing"
	"time"
)

// Whoever floods the door with names and addresses fills no memory, and makes nobody's
// wait forgotten.
func TestTriesAreBounded(t *testing.T) {
	var tries tries
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	guess := try{name: "999/ada", address: "192.0.2.1"}
	for range 13 {
		now = now.Add(longestWait)
		if err := tries.begin(guess, now); err != nil {
			t.Fatal(err)
		}
	}
	most, taken := 0, 0
	began := now
	for n := range 200_000 {
		now = now.Add(longestWait / 210_000)
		if err := tries.begin(try{name: fmt.Sprint("999/", n), address: fmt.Sprint(n)}, now); err == nil {
			taken++
		}
		most = max(most, len(tries.waits), len(tries.counts))
	}
	if most > triesKept {
		t.Errorf("%d entries were held at once", most)
	}
	if minutes := int(now.Sub(began)/time.Minute) + 1; taken > minutes*perAll || taken < perAll {
		t.Errorf("%d tries were taken in %d minutes", taken, minutes)
	}
	if err := tries.begin(guess, now); err == nil {
		t.Error("a wait was forgotten in the flood")
	}
	if err := tries.begin(try{name: "999/ada", known: true}, now); err != nil {
		t.Errorf("a known device is held up by the flood: %v", err)
	}
	if err := tries.begin(try{name: "999.a", known: true, asks: true}, now); err != nil {
		t.Errorf("a known device may not ask for a passkey in the flood: %v", err)
	}

	// What begins at a passkey or a sign-in service is bounded in the same way.
	var pending pending
	for n := range 3 * pendingKept {
		pending.put(fmt.Sprint(n), begun{at: now})
	}
	if len(pending.held) > pendingKept || len(pending.line) > pendingKept {
		t.Errorf("%d sign-ins are held at once", len(pending.held))
	}
	pending.put("later", begun{at: now.Add(pendingFor + time.Second)})
	if len(pending.held) != 1 {
		t.Errorf("%d sign-ins are held after their time", len(pending.held))
	}
}
