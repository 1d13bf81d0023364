package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// council is the code of the fictional council that is measured.
const council = "999"

// newDatabases makes an empty database on each engine and gives their addresses.
func newDatabases(ctx context.Context, server, folder, name string) (dsns map[store.Engine]string, err error) {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "create database "+name); err != nil {
		return nil, err
	}
	u, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	u.Path = "/" + name
	return map[store.Engine]string{store.SQLite: filepath.Join(folder, name+".db"), store.PostgreSQL: u.String()}, nil
}

// house is the program's own service on one database.
type house struct {
	*service.Service
	db *store.DB
}

func open(ctx context.Context, dsn string) (*house, error) {
	db, err := store.Open(ctx, dsn, store.Options{Clock: time.Now, Master: storetest.Master})
	if err != nil {
		return nil, err
	}
	s, err := service.New(db, time.Now, rand.Reader)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &house{s, db}, nil
}
