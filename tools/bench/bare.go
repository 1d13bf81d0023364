package main

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"time"

	"stablefutures/internal/store"
)

// bareInserts is the rival of saving a reading: one row of the same length into
// a table of its own in the same engine, each on disk before the next.
func bareInserts(ctx context.Context, engine store.Engine, dsn string) (list times, err error) {
	driver, address := "pgx", dsn
	if engine == store.SQLite {
		driver, address = "sqlite", "file:"+filepath.Join(filepath.Dir(dsn), "bare.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "create table bare (id integer primary key, words text)"); err != nil {
		return nil, err
	}
	for i := range 500 {
		began := time.Now()
		if _, err := db.ExecContext(ctx, "insert into bare (id, words) values ($1, $2)", i, "It is quiet at night, and I can lock my door."); err != nil {
			return nil, err
		}
		list = append(list, time.Since(began))
	}
	return list, nil
}
