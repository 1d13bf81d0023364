package service

import (
	"sync"
	"time"
)

// ownTries bound how often young people's ways in are tried, in memory. They stand apart
// from the tries of those who sign in: whoever floods one door holds nobody up at the
// other. What is counted is no address, because a whole house of young people shares one:
// it is the beginning of a code, a device or a session, so that whoever guesses holds up
// nobody but those whose code begins alike, for a minute.
//
// Guessing is hopeless all the same: perOwnTry for each of the 10,000 beginnings is
// 50,000 guesses a minute from everywhere together, against 10^12 codes that live for ten
// minutes.
type ownTries struct {
	mu     sync.Mutex
	counts map[string]count // of this minute; as many as there are beginnings, devices and sessions
}

const (
	perOwnTry     = 5 // a minute
	codeBeginning = 4 // digits of a code by which it is counted
)

// begin counts a try and says how long to wait where it is one too many. It counts before
// anything is looked at; right takes it back.
func (t *ownTries) begin(key string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counts[key]
	if now.Sub(c.since) >= countsPeriod {
		c = count{since: now}
	}
	if c.tries >= perOwnTry {
		return TooMany{Wait: countsPeriod - now.Sub(c.since)}
	}
	t.shed(now)
	c.tries++
	if t.counts == nil {
		t.counts = map[string]count{}
	}
	t.counts[key] = c
	return nil
}

// right takes a try back that proved something.
func (t *ownTries) right(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.counts[key]; c.tries > 0 {
		c.tries--
		t.counts[key] = c
	}
}

// shed forgets the minutes that are over.
func (t *ownTries) shed(now time.Time) {
	if len(t.counts) < triesKept {
		return
	}
	for key, c := range t.counts {
		if now.Sub(c.since) >= countsPeriod {
			delete(t.counts, key)
		}
	}
}

// codeTry is by what the tries of a code are counted.
func codeTry(digits string) string { return "code " + digits[:min(len(digits), codeBeginning)] }
