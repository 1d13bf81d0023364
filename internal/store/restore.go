package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"stablefutures/internal/seal"

	"github.com/jackc/pgx/v5"
)

// ErrNotEmpty: a backup is restored into an empty database alone.
var ErrNotEmpty = errors.New("there is something in this database already: a backup is restored into one that is new. Name another database, or take that one away yourself")

// ErrNewer: the tables of a backup are those of a later program.
var ErrNewer = errors.New("this backup was made by a newer version of the program: restore it with that one")

// Restoration is a database that is being filled from a backup.
type Restoration struct{ tx *Tx }

// Restore makes the tables of a database as they were at a version of the schema and
// has fill fill them, all or nothing, and brings them up to date. Where it fails,
// a file that was not there before is taken away again.
//
// The master key is tried before anything is kept: a database that nobody can open
// would look like a restored one.
func Restore(ctx context.Context, dsn string, opt Options, schema int64, fill func(*Restoration) error) (db *DB, err error) {
	latest, err := latestSchema()
	if err != nil {
		return nil, err
	}
	if schema > latest {
		return nil, ErrNewer
	}
	fresh := freshFile(dsn)
	defer func() {
		if err != nil && fresh != "" {
			err = errors.Join(err, removeFile(fresh))
		}
	}()
	if err := restoreInto(ctx, dsn, opt, schema, fill); err != nil {
		return nil, err
	}
	return Open(ctx, dsn, opt)
}

func restoreInto(ctx context.Context, dsn string, opt Options, schema int64, fill func(*Restoration) error) (err error) {
	db, err := connect(dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.clock = opt.Clock
	if err := db.Read(ctx, (*Tx).mustBeEmpty); err != nil {
		return err
	}
	if err := db.migrateTo(ctx, schema); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	return db.run(ctx, db.writer, nil, func(tx *Tx) error {
		if tx.engine == SQLite { // rows may come before those that they refer to
			if err := tx.exec(stmt("pragma defer_foreign_keys = on")); err != nil {
				return err
			}
		}
		if err := tx.emptyTables(); err != nil {
			return err
		}
		if err := fill(&Restoration{tx}); err != nil {
			return err
		}
		if tx.engine == PostgreSQL { // it would plan by empty tables until it counts by itself
			if err := tx.exec(stmt("analyze")); err != nil {
				return err
			}
		}
		return tx.masterOpens(opt.Master)
	})
}

// mustBeEmpty tells a database in which no table has a row.
func (tx *Tx) mustBeEmpty() error {
	full, err := tx.full()
	if err == nil && len(full) > 0 {
		err = ErrNotEmpty
	}
	return err
}

// full are the tables that have a row.
func (tx *Tx) full() (list []TableShape, err error) {
	tables, err := tx.Tables()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		var one int
		err := tx.one(stmt("select 1 from "+quoted(t.Name)+" limit 1"), nil, &one)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

// emptyTables takes away what migrations put into their tables: the backup has it too.
func (tx *Tx) emptyTables() error {
	full, err := tx.full()
	for i := len(full) - 1; i >= 0 && err == nil; i-- {
		err = tx.exec(stmt("delete from " + quoted(full[i].Name)))
	}
	return err
}

// masterOpens tells whether a master key opens the keys of the database.
func (tx *Tx) masterOpens(master seal.Master) error {
	_, err := tx.keyring(master)
	return err
}

// selectWrapped reads what every version of the schema has that had keys.
var selectWrapped = statement(`select wrapped from keyring where id = 1`)

func (tx *Tx) keyring(master seal.Master) (*seal.Keyring, error) {
	var text string
	if err := tx.one(selectWrapped, nil, &text); err != nil {
		return nil, err
	}
	wrapped, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, seal.ErrMaster
	}
	ring, _, err := seal.Unwrap(master, wrapped)
	return ring, err
}

// Tables are the tables that are to be filled: see Tx.Tables.
func (r *Restoration) Tables() ([]TableShape, error) { return r.tx.Tables() }

// Rows reads a table back: see Tx.Rows.
func (r *Restoration) Rows(t TableShape, do func([]any) error) error { return r.tx.Rows(t, do) }

// Mark is Tx.Mark by the keys that came with the backup.
func (r *Restoration) Mark(master seal.Master, sum []byte) ([]byte, error) {
	keys, err := r.tx.keyring(master)
	if err != nil {
		return nil, err
	}
	return mark(keys, sum), nil
}

// Mark is a keyed hash of a backup's sum, which nobody can make without the keys of
// this database: what a recipient's public key alone could forge.
func (db *DB) Mark(sum []byte) []byte { return mark(db.keys.now.Load().Keyring, sum) }

func mark(keys *seal.Keyring, sum []byte) []byte {
	h := hmac.New(sha256.New, keys.Derive("mark of a backup"))
	h.Write(sum)
	return h.Sum(nil)
}

// Fill adds rows to a table until next gives none.
func (r *Restoration) Fill(t TableShape, next func() ([]any, error)) error {
	var failed error // an engine may tell what next said in words of its own
	source := func() ([]any, error) {
		row, err := next()
		failed = err
		return row, err
	}
	fill := r.tx.insertAll
	if r.tx.engine == PostgreSQL {
		fill = r.tx.copyAll
	}
	err := fill(t, source)
	if failed != nil {
		return failed
	}
	return err
}

func (tx *Tx) insertAll(t TableShape, next func() ([]any, error)) error {
	for {
		var block [][]any
		for len(block) < blockRows {
			row, err := next()
			if err != nil {
				return err
			}
			if row == nil {
				break
			}
			block = append(block, row)
		}
		err := tx.bulk(quoted(t.Name), t.names(), len(block), func(i int, put func(...any)) { put(block[i]...) })
		if err != nil || len(block) < blockRows {
			return err
		}
	}
}

// copyAll is one COPY, so that rows of one table may refer to each other in any order.
func (tx *Tx) copyAll(t TableShape, next func() ([]any, error)) error {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = c.Name
	}
	return tx.onPostgreSQL(func(conn *pgx.Conn) error {
		_, err := conn.CopyFrom(tx.ctx, pgx.Identifier{t.Name}, columns, pgx.CopyFromFunc(next))
		return err
	})
}

var endEverything = []stmt{
	statement(`update session set ended_at = $1, refresh = '' where ended_at is null`),
	statement(`update own_session set ended_at = $1 where ended_at is null`),
	statement(`update own_code set ended_at = $1 where used_at is null and ended_at is null`),
	statement(`update own_device set ended_at = $1, ended_by = 'restore' where ended_at is null`),
}

// EndEverySession ends the sessions of everybody, and of young people also the codes that
// wait and the devices that are remembered: each of them may have been ended, used up or
// cut off since the backup, and would open their page once more.
func (tx *Tx) EndEverySession() error {
	for _, q := range endEverything {
		if err := tx.exec(q, instant(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

// freshFile is the path of an SQLite file that does not exist yet; otherwise empty.
func freshFile(dsn string) string {
	if IsPostgreSQL(dsn) {
		return ""
	}
	path := strings.TrimPrefix(dsn, "sqlite:")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return path
}

func removeFile(path string) error {
	var failed error
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
