package service

import (
	"fmt"
	"sync"
	"time"
)

// TooMany: too many tries; nothing was looked at.
type TooMany struct {
	Wait  time.Duration
	first bool // of this wait: it is noted once, however often somebody knocks meanwhile
}

func (t TooMany) Error() string {
	return fmt.Sprintf("too many tries: wait %s and try again", t.Wait.Round(time.Second))
}

// tries slow those who guess, in memory. There is no lock that somebody could put on
// somebody else: who guesses waits longer and longer, for one name from one address;
// the same name from another address, or from a device on which its owner has signed
// in before, is not held up by them. What comes from one address, at one name, and
// from everywhere is bounded too, but not for a known device.
type tries struct {
	mu     sync.Mutex
	waits  map[string]wait  // by name and address
	counts map[string]count // of this minute
}

// wait is how often somebody was wrong, and until when they wait.
type wait struct {
	wrong int
	until time.Time // at the least when the last try was
	told  bool
}

// count is how many tries there were in a minute.
type count struct {
	tries int
	since time.Time
}

const (
	triesFree    = 5 // before anybody waits
	firstWait    = 5 * time.Second
	longestWait  = 15 * time.Minute
	waitsForgot  = time.Hour // after the last one
	perName      = 30        // a minute, from devices that are not known
	perAddress   = 120       // a minute: a whole council may share one address
	perAll       = 600       // a minute
	triesKept    = 20_000    // so that memory is bounded; perAll fills a third of it in waitsForgot/5
	countsPeriod = time.Minute
)

// try is who tries, and from where.
type try struct {
	name    string // authority and username, or what stands for them; empty where no name is given
	address string
	known   bool // from a device on which the owner of the name has signed in
	asks    bool // for a question to be answered elsewhere: nothing is guessed, nobody waits, and it counts apart
}

func (t try) pair() string {
	if t.known {
		return "known " + t.name
	}
	return t.name + " " + t.address
}

// begin counts a try, and says how long to wait where it is one too many. It counts
// before anything is looked at, so that tries at the same time are counted like
// others; right takes it back.
func (t *tries) begin(try try, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waits == nil {
		t.waits, t.counts = map[string]wait{}, map[string]count{}
	}
	pair := t.waits[try.pair()]
	if left := pair.until.Sub(now); left > 0 {
		first := !pair.told
		pair.told = true
		t.waits[try.pair()] = pair
		return TooMany{left, first}
	}
	if now.Sub(pair.until) > waitsForgot {
		pair = wait{}
	}
	for key, most := range try.bounds() {
		if c := t.counts[key]; now.Sub(c.since) < countsPeriod && c.tries >= most {
			return TooMany{Wait: countsPeriod - now.Sub(c.since)}
		}
	}
	t.shed(now)
	for key := range try.bounds() {
		c := t.counts[key]
		if now.Sub(c.since) >= countsPeriod {
			c = count{since: now}
		}
		c.tries++
		t.counts[key] = c
	}
	if !try.asks {
		t.waits[try.pair()] = wait{wrong: pair.wrong + 1, until: now.Add(waitAfter(pair.wrong + 1))}
	}
	return nil
}

// bounds are what a try counts towards, and how many a minute may. What others do does
// not count against a known device. Asking costs nothing and proves nothing, so that it
// counts apart: however many ask, whoever has a password to show is let to the door.
func (t try) bounds() map[string]int {
	kind := ""
	if t.asks {
		kind = "asks "
	}
	if t.known {
		return map[string]int{kind + t.pair(): perName}
	}
	bounds := map[string]int{kind + "all": perAll}
	if t.address != "" {
		bounds[kind+"address "+t.address] = perAddress
	}
	if t.name != "" {
		bounds[kind+"name "+t.name] = perName
	}
	return bounds
}

// waitAfter is how long somebody waits who was wrong so often.
func waitAfter(wrong int) time.Duration {
	if wrong < triesFree {
		return 0
	}
	return min(firstWait<<min(wrong-triesFree, 20), longestWait)
}

// right takes a try back that proved who it was.
func (t *tries) right(try try) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.waits, try.pair())
	for key := range try.bounds() {
		if c := t.counts[key]; c.tries > 0 {
			c.tries--
			t.counts[key] = c
		}
	}
}

// back takes a try back that was none, and nothing else of what its name has to wait for.
func (t *tries) back(try try, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w, ok := t.waits[try.pair()]; ok {
		t.waits[try.pair()] = wait{wrong: max(w.wrong-1, 0), until: now}
	}
	for key := range try.bounds() {
		if c := t.counts[key]; c.tries > 0 {
			c.tries--
			t.counts[key] = c
		}
	}
}

// shed forgets what is over, and what there is no room for.
func (t *tries) shed(now time.Time) {
	if len(t.waits) < triesKept && len(t.counts) < triesKept {
		return
	}
	for key, w := range t.waits {
		if now.Sub(w.until) > waitsForgot || len(t.waits) > 2*triesKept {
			delete(t.waits, key)
		}
	}
	for key, c := range t.counts {
		if now.Sub(c.since) >= countsPeriod {
			delete(t.counts, key)
		}
	}
}
