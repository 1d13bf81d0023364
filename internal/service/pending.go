package service

import (
	"sync"
	"time"

	"stablefutures/internal/signin"
)

// pending are sign-ins that have begun at a passkey or at a sign-in service, in
// memory: what was asked, to be shown once when the answer comes.
type pending struct {
	mu   sync.Mutex
	held map[string]begun
	line []string // ids, the oldest first
}

// begun is one of them.
type begun struct {
	at        time.Time
	challenge signin.Challenge // of a passkey
	exchange  signin.Exchange  // at a sign-in service
	authority string           // whose service it is
	account   string           // who confirms, or adds a passkey; empty for somebody who signs in
	adds      bool             // a passkey is being made
	young     youngAsk         // of a young person's device; nothing for those who sign in
}

const (
	pendingFor  = 10 * time.Minute
	pendingKept = 10_000 // the oldest goes first; perAll bounds how fast
)

// put holds what was begun.
func (p *pending) put(id string, b begun) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held == nil {
		p.held = map[string]begun{}
	}
	p.held[id] = b
	p.line = append(p.line, id)
	for len(p.line) > pendingKept || len(p.line) > 0 && b.at.Sub(p.held[p.line[0]].at) > pendingFor {
		delete(p.held, p.line[0])
		p.line = p.line[1:]
	}
}

// take gives what was begun under an id, once.
func (p *pending) take(id string, now time.Time) (begun, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, ok := p.held[id]
	if ok {
		// Its place in the line stays, and is skipped when it comes to the front.
		p.held[id] = begun{at: b.at, account: taken}
	}
	return b, ok && b.account != taken && now.Sub(b.at) <= pendingFor
}

// taken marks what was answered already. No account has this id.
const taken = "-"
