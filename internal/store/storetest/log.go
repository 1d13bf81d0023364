package storetest

import (
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"stablefutures/internal/ledger"
	"stablefutures/internal/seal"
	"stablefutures/internal/store"
)

// FillLog writes a long log of an authority that has none yet, as the program would, many
// entries a statement.
func FillLog(db *store.DB, dsn, authority string, entries int) (err error) {
	driver := "pgx"
	if db.Engine == store.SQLite {
		driver = "sqlite"
	}
	raw, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	keys, err := keysOf(raw)
	if err != nil {
		return err
	}
	tx, err := raw.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after it was committed it does nothing
	var tree ledger.Tree
	for tree.Size < int64(entries) {
		rows := make([]string, 0, 500)
		for len(rows) < cap(rows) && tree.Size < int64(entries) {
			s := keys.Append(&tree, ledger.Entry{Authority: authority, ID: fmt.Sprintf("%026d", tree.Size), At: "2026-03-31T12:00:00.000000Z", Account: "xcdhzx7ow5qzb4sc4eo6nnl7pe",
				Act: "read record", Subject: "record", SubjectID: fmt.Sprintf("%026d", tree.Size%2500)})
			rows = append(rows, fmt.Sprintf("('%s', '%s', '%s', '%s', '%s', '%s', '%s', '', %d, '%s', '%s')", authority, s.ID, s.At, s.Account, s.Act, s.Subject, s.SubjectID, s.N, s.MAC, s.Hashes))
		}
		if _, err := tx.Exec("insert into audit (authority, id, at, account_id, act, subject, subject_id, detail, n, mac, hashes) values " + strings.Join(rows, ",")); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("update ledger set size = %d, edge = '%s' where authority = '%s'", tree.Size, tree.Edge(), authority)); err != nil {
		return err
	}
	return tx.Commit()
}

// keysOf are the keys of the log of a database that a test made.
func keysOf(raw *sql.DB) (*ledger.Keys, error) {
	var text string
	if err := raw.QueryRow("select wrapped from keyring").Scan(&text); err != nil {
		return nil, err
	}
	wrapped, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	ring, _, err := seal.Unwrap(Master, wrapped)
	if err != nil {
		return nil, err
	}
	return ledger.NewKeys(ring.Derive("ledger entry"), ring.Derive("ledger signing")), nil
}
