package store

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// groups are the way to write for many at once. What waits at the same moment, and would
// have to be done one after another anyhow, is done in one transaction, each behind a
// savepoint of its own, and reaches the disk once: bringing it there takes longer than
// most of what is done. Nobody is answered before the commit, so that each still has all
// or nothing of what they asked for, with its audit entry beside it.
//
// On SQLite that is whatever is written; on PostgreSQL the changes of one authority, whose
// lock the group then holds from the first to the last.
type groups struct {
	db *DB

	mu      sync.Mutex
	waiting map[string][]*write // by line; a line is there while somebody is at work on it
}

// write is one call that waits for its turn.
type write struct {
	ctx      context.Context
	do       func(*Tx) error
	done     chan struct{}
	err      error
	panicked any // what do panicked with; the caller's to raise again
}

const (
	// longest is how long a group goes on taking in what waits before it commits: who
	// came first does not wait for everybody.
	longest = 20 * time.Millisecond
	// hung is after how long a group on PostgreSQL that is stuck is given up.
	hung = time.Minute
)

// write does one thing in the group of a line. It is tried again by itself, where that
// may help: another one's fault is none of the caller's.
func (g *groups) write(ctx context.Context, line string, do func(*Tx) error) error {
	w := &write{ctx: ctx, do: do, done: make(chan struct{})}
	g.mu.Lock()
	before, led := g.waiting[line]
	g.waiting[line] = append(before, w)
	g.mu.Unlock()
	if !led {
		go g.lead(line)
	}
	<-w.done
	if w.panicked != nil {
		panic(w.panicked)
	}
	if passing(w.err) {
		return g.db.WriteLong(ctx, do)
	}
	return w.err
}

// lead works until nothing waits in a line.
func (g *groups) lead(line string) {
	for {
		first := g.next(line)
		if first == nil {
			return
		}
		g.commit(line, first)
	}
}

// next takes what has waited longest; nil where nothing does, and then the lead is
// given up in the same moment.
func (g *groups) next(line string) *write {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting[line]) == 0 {
		delete(g.waiting, line)
		return nil
	}
	return g.take(line)
}

// another is next for a group that is under way: it never gives up the lead.
func (g *groups) another(line string) *write {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting[line]) == 0 {
		return nil
	}
	return g.take(line)
}

func (g *groups) take(line string) *write {
	list := g.waiting[line]
	g.waiting[line] = list[1:]
	return list[0]
}

// commit does first and what comes to wait meanwhile in one transaction, and answers
// everybody.
func (g *groups) commit(line string, first *write) {
	var done []*write
	err := g.transaction(func(all *Tx) error {
		began, behind := time.Now(), []change{{q: keepPoint}}
		for w := first; w != nil; w = g.another(line) {
			done = append(done, w)
			if w.err = w.ctx.Err(); w.err != nil {
				continue
			}
			if err := all.oneOf(w, behind); err != nil {
				return err
			}
			behind = []change{{q: leavePoint}, {q: keepPoint}}
			if time.Since(began) > longest {
				break
			}
		}
		return nil
	})
	if len(done) == 0 {
		done = append(done, first) // the transaction did not even begin
	}
	for _, w := range done {
		if err != nil && w.err == nil {
			w.err = err
		}
		close(w.done)
	}
}

// transaction is one for everybody: its context is not any one caller's.
func (g *groups) transaction(do func(*Tx) error) error {
	ctx := context.Background()
	if g.db.Engine == PostgreSQL {
		var stop func()
		ctx, stop = context.WithTimeout(ctx, hung)
		defer stop()
	}
	return g.db.run(ctx, g.db.writer, nil, do)
}

const (
	keepPoint  stmt = "savepoint one"
	leavePoint stmt = "release savepoint one"
	backTo     stmt = "rollback to savepoint one"
)

// oneOf does what one caller asked for behind a savepoint: where it fails, it alone is
// taken back. The error is one of the transaction itself, and ends it for everybody.
//
// A statement that is interrupted may take the whole transaction with it, so that a
// caller who goes away after it began is not heeded.
func (tx *Tx) oneOf(w *write, behind []change) error {
	if err := tx.execAll(behind); err != nil {
		return err
	}
	w.run(&Tx{Now: tx.db.now(), engine: tx.engine, conn: tx.conn, tx: tx.tx, ctx: tx.ctx, db: tx.db, ledger: tx.ledger})
	if w.err != nil || w.panicked != nil {
		if err := tx.exec(backTo); err != nil {
			return fmt.Errorf("take back what failed: %w", err)
		}
	}
	return nil
}

func (w *write) run(tx *Tx) {
	defer func() { w.panicked = recover() }()
	w.err = w.do(tx)
}
