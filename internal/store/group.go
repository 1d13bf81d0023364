package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// group is SQLite's way to write for many at once. What waits at the same moment is
// done one after another in one transaction, each behind a savepoint of its own, and
// reaches the disk once: bringing it there takes longer than most of what is done.
// Nobody is answered before the commit, so that each still has all or nothing of what
// they asked for, with its audit entry beside it.
type group struct {
	db *DB

	mu      sync.Mutex
	waiting []*write
	leading bool // somebody is at work on what waits
}

// write is one call of Write that waits for its turn.
type write struct {
	ctx      context.Context
	do       func(*Tx) error
	done     chan struct{}
	err      error
	panicked any // what do panicked with; the caller's to raise again
}

// longest is how long a group goes on taking in what waits before it commits: who
// came first does not wait for everybody.
const longest = 20 * time.Millisecond

func (g *group) write(ctx context.Context, do func(*Tx) error) error {
	w := &write{ctx: ctx, do: do, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, w)
	lead := !g.leading
	g.leading = true
	g.mu.Unlock()
	if lead {
		go g.lead()
	}
	<-w.done
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

// lead works until nothing waits.
func (g *group) lead() {
	for {
		first := g.next()
		if first == nil {
			return
		}
		g.commit(first)
	}
}

// next takes what has waited longest; nil where nothing does, and then the lead is
// given up in the same moment.
func (g *group) next() *write {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting) == 0 {
		g.leading = false
		return nil
	}
	w := g.waiting[0]
	g.waiting = g.waiting[1:]
	return w
}

// another is next for a group that is under way: it never gives up the lead.
func (g *group) another() *write {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting) == 0 {
		return nil
	}
	w := g.waiting[0]
	g.waiting = g.waiting[1:]
	return w
}

// commit does first and what comes to wait meanwhile in one transaction, and answers
// everybody.
func (g *group) commit(first *write) {
	var done []*write
	err := g.transaction(func(conn *sql.Conn, tx *sql.Tx) error {
		began := time.Now()
		for w := first; w != nil; w = g.another() {
			done = append(done, w)
			if err := g.one(conn, tx, w); err != nil {
				return err
			}
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

func (g *group) transaction(do func(*sql.Conn, *sql.Tx) error) (err error) {
	ctx := context.Background() // it is not any one caller's
	conn, err := g.db.writer.Conn(ctx)
	if err != nil {
		return kind(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return kind(err)
	}
	if err := do(conn, tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return kind(tx.Commit())
}

// one does what one caller asked for behind a savepoint: where it fails, it alone is
// taken back. The error is one of the transaction itself, and ends it for everybody.
//
// A statement that is interrupted may take the whole transaction with it, so that a
// caller who goes away after it began is not heeded.
func (g *group) one(conn *sql.Conn, tx *sql.Tx, w *write) error {
	if w.err = w.ctx.Err(); w.err != nil {
		return nil
	}
	ctx := context.WithoutCancel(w.ctx)
	if _, err := tx.ExecContext(ctx, "savepoint one"); err != nil {
		return kind(err)
	}
	w.run(&Tx{Now: g.db.now(), db: g.db, engine: g.db.Engine, conn: conn, tx: tx, ctx: ctx, ledger: g.db.ledger})
	if w.err != nil || w.panicked != nil {
		if _, err := tx.ExecContext(ctx, "rollback to one"); err != nil {
			return fmt.Errorf("take back what failed: %w", kind(err))
		}
	}
	_, err := tx.ExecContext(ctx, "release one")
	return kind(err)
}

func (w *write) run(tx *Tx) {
	defer func() { w.panicked = recover() }()
	w.err = w.do(tx)
}
