package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"stablefutures/internal/seal"
)

// A database from before columns were sealed is sealed when it is opened: in batches, so
// that no transaction grows with the database, each under the lock of its authority. What
// is sealed already is left, so that it may be stopped anywhere and done by several.
//
// A migration that makes more columns sealed ones empties keyring.sealed_at, and its
// columns join sealedTables: then all of it is looked through again.

// sealedTable is a table with columns that are sealed.
type sealedTable struct {
	name    string
	from    string   // the table as t, and what else is needed to know whose a row is
	child   string   // whose a row is; '' for what is about no child
	key     []string // columns of the key behind the authority, or that alone
	columns []string // what is sealed
	next    stmt     // the first rows, and those behind a key
	after   stmt
	update  stmt
}

var sealedTables = []*sealedTable{
	newSealedTable("identity", "identity t", "t.child_id", "child_id, source, recorded_at", "name, birth_date, upn"),
	newSealedTable("register_entry", "register_entry t", "t.child_id", "child_id, version", "body, said"),
	newSealedTable("conversation", "conversation t", "t.child_id", "id", "language, file_key"),
	newSealedTable("reading_words", "reading_words t", "t.child_id", "child_id, reading_id", "words"),
	newSealedTable("draft", "draft t join conversation v on v.authority = t.authority and v.id = t.conversation_id", "v.child_id",
		"conversation_id, indicator, voice, account_id", "words"),
	newSealedTable("delivery", "delivery t", "''", "number", "file_name, report"),
	newSealedTable("emergency", "emergency t", "t.child_id", "id", "reason, remark"),
	newSealedTable("decision", "decision t", "''", "id", "reason, remark"),
	newSealedTable("unusual_word", "unusual_word t", "''", "unusual_id, id", "words"),
	newSealedTable("consent", "consent t", "t.child_id", "id", "language, remark"),
	newSealedTable("ask", "ask t", "t.child_id", "id", "words"),
	newSealedTable("ask_reply", "ask_reply t", "t.child_id", "ask_id, number", "words, helped_words"),
	newSealedTable("plan_step", "plan_step t", "t.child_id", "id", "words"),
	newSealedTable("alert", "alert t", "t.child_id", "id", "words, remark"),
	newSealedTable("duty", "duty t", "''", "place", "email"),
	newSealedTable("mail", "mail t", "''", "id", "recipient"),
	newSealedTable("own_said", "own_said t", "t.child_id", "id", "words"),
	newSealedTable("own_file", "own_file t", "t.child_id", "id", "body"),
	newSealedTable("own_device", "own_device t", "t.child_id", "id", "passkey"),
	newSealedTable("fact", "fact t", "''", "delivery, n", "row_hash"),
	newSealedTable("account", "account t", "''", "id", "username, name, subject"),
	newSealedTable("team", "team t", "''", "id", "name"),
	newSealedTable("agency", "agency t", "''", "id", "name"),
	newSealedTable("passkey", "passkey t", "''", "credential", "name"),
	newSealedTable("code_app", "code_app t", "''", "account_id", "secret"),
	newSealedTable("provider", "provider t", "''", "authority", "secret"),
}

// SealedColumns are all columns that are sealed, as table.column.
func SealedColumns() []string {
	var list []string
	for _, t := range sealedTables {
		for _, column := range t.columns {
			list = append(list, t.name+"."+column)
		}
	}
	return list
}

// batchRows is how many rows one transaction seals.
const batchRows = "1000"

// newSealedTable makes the texts of a table. It is called for package variables alone.
func newSealedTable(name, from, child, key, columns string) *sealedTable {
	t := &sealedTable{name: name, from: from, child: child, key: strings.Split(key, ", "), columns: strings.Split(columns, ", ")}
	keys := "t." + strings.Join(t.key, ", t.")
	text := fmt.Sprintf("select %s, %s, t.%s from %s where t.authority = $1", child, keys, strings.Join(t.columns, ", t."), from)
	var behind, set, where []string
	for i, column := range t.key {
		behind = append(behind, fmt.Sprintf("$%d", i+2))
		where = append(where, fmt.Sprintf("%s = $%d", column, i+2))
	}
	for i, column := range t.columns {
		set = append(set, fmt.Sprintf("%s = $%d", column, i+2+len(t.key)))
	}
	order := " order by " + keys + " limit " + batchRows
	t.next = statement(text + order)
	t.after = statement(text + " and (" + keys + ") > (" + strings.Join(behind, ", ") + ")" + order)
	t.update = statement("update " + name + " set " + strings.Join(set, ", ") + " where authority = $1 and " + strings.Join(where, " and "))
	return t
}

// plainRow is a row of which something may stand unsealed.
type plainRow struct {
	child  string
	key    []any
	values []string
}

var (
	noteSealed = statement(`update keyring set sealed_at = $1 where id = 1 and sealed_at = ''`)
	// namesThatStand are found by hashes from now on.
	namesThatStand = statement(identityColumns + `where i.authority = $1 and i.superseded_at is null and i.name <> ''`)
)

// sealWhatIsPlain seals a database from before columns were sealed, once.
func (db *DB) sealWhatIsPlain(ctx context.Context) error {
	var authorities []Authority
	done := false
	err := db.Read(ctx, func(tx *Tx) error {
		row, err := tx.keptKeyring()
		if err != nil || row.sealedAt != "" {
			done = true
			return err
		}
		authorities, err = tx.Authorities()
		return err
	})
	if err != nil || done {
		return err
	}
	for _, a := range authorities {
		for _, t := range sealedTables {
			if err := db.sealTable(ctx, t, a.Code); err != nil {
				return fmt.Errorf("%s of %s: %w", t.name, a.Code, err)
			}
		}
		if err := db.indexPeople(ctx, a.Code); err != nil {
			return err
		}
	}
	if len(authorities) > 0 {
		if err := db.Scrub(ctx); err != nil {
			return fmt.Errorf("remove what stood there unsealed: %w", err)
		}
	}
	return db.WriteLong(ctx, func(tx *Tx) error { return tx.exec(noteSealed, instant(tx.Now)) })
}

// sealTable seals a table of an authority, batch by batch.
func (db *DB) sealTable(ctx context.Context, t *sealedTable, authority string) error {
	var last []any
	for {
		n := 0
		err := db.WriteLong(ctx, func(tx *Tx) error {
			if err := tx.Lock(authority); err != nil {
				return err
			}
			rows, err := tx.plainRows(t, authority, last)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if err := tx.sealRow(t, authority, r); err != nil {
					return err
				}
			}
			if n = len(rows); n > 0 {
				last = rows[n-1].key
			}
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// plainRows are the next rows behind a key.
func (tx *Tx) plainRows(t *sealedTable, authority string, behind []any) ([]plainRow, error) {
	q, args := t.next, []any{authority}
	if behind != nil {
		q, args = t.after, append(args, behind...)
	}
	return all(tx, q, args, func(row scanner) (plainRow, error) {
		r := plainRow{key: make([]any, len(t.key)), values: make([]string, len(t.columns))}
		dest := []any{&r.child}
		for i := range r.key {
			dest = append(dest, &r.key[i])
		}
		for i := range r.values {
			dest = append(dest, &r.values[i])
		}
		return r, row.Scan(dest...)
	})
}

// sealRow seals what stands unsealed in a row.
func (tx *Tx) sealRow(t *sealedTable, authority string, r plainRow) error {
	changed := false
	for i, value := range r.values {
		sealed, err := tx.sealPlain(t, authority, r, t.columns[i], value)
		if err != nil {
			return err
		}
		changed = changed || sealed != value
		r.values[i] = sealed
	}
	if !changed {
		return nil
	}
	args := append([]any{authority}, r.key...)
	for _, v := range r.values {
		args = append(args, v)
	}
	return tx.exec(t.update, args...)
}

func (tx *Tx) sealPlain(t *sealedTable, authority string, r plainRow, column, value string) (string, error) {
	if t.name == "fact" {
		if seal.SealedDigest(value) {
			return value, nil
		}
		return tx.rowDigests().Seal(value)
	}
	of, key := childOf(authority, r.child), make([]string, len(r.key))
	for i, part := range r.key {
		key[i] = fmt.Sprint(part)
	}
	at := place(authority, t.name, column, key...)
	if column == "secret" && !seal.Sealed(value) {
		return tx.sealSecretAnew(of, at, value)
	}
	if seal.Sealed(value) {
		// Somebody may have typed what looks like a sealed text: that does not open.
		if _, err := tx.openText(of, at, value); err == nil {
			return value, nil
		}
	}
	return tx.sealText(of, at, value)
}

// indexPeople makes the names of an authority that stand the ones that are found, and
// has its accounts found by their hashes.
func (db *DB) indexPeople(ctx context.Context, authority string) error {
	return db.WriteLong(ctx, func(tx *Tx) error {
		if err := tx.Lock(authority); err != nil {
			return err
		}
		list, err := tx.openedIdentities(authority, namesThatStand, authority)
		if err != nil {
			return err
		}
		for _, i := range list {
			if err := tx.indexName(authority, i.Child, i.Source, i.Name); err != nil {
				return err
			}
		}
		return tx.indexAccounts(authority)
	})
}

// Scrub takes what was overwritten or deleted off the disk: on SQLite out of the free
// pages and the write-ahead log; on PostgreSQL out of the tables in which something is
// sealed, and not out of its own log. It holds writers up while it lasts.
func (db *DB) Scrub(ctx context.Context) error {
	if db.Engine == SQLite {
		return db.scrubSQLite(ctx)
	}
	tables := []string{"data_key", "name_token"}
	for _, t := range sealedTables {
		tables = append(tables, t.name)
	}
	for _, table := range tables {
		if _, err := db.writer.ExecContext(ctx, "vacuum full "+table); err != nil {
			return kind(err)
		}
	}
	return nil
}

func (db *DB) scrubSQLite(ctx context.Context) error {
	if _, err := db.writer.ExecContext(ctx, "vacuum"); err != nil {
		return kind(err)
	}
	return db.emptyLog(ctx)
}

// emptyLog empties the write-ahead log of SQLite. Readers and writers are waited for by
// SQLite itself, as long as busy_timeout says; another checkpoint that runs is not, so
// that it is asked again as long.
func (db *DB) emptyLog(ctx context.Context) error {
	for until := time.Now().Add(busyTimeout); ; {
		var busy, pages, moved int
		if err := db.writer.QueryRowContext(ctx, "pragma wal_checkpoint(truncate)").Scan(&busy, &pages, &moved); err != nil {
			return kind(err)
		}
		if busy == 0 {
			return nil
		}
		if time.Now().After(until) {
			return errors.New("another program reads the database, so that its write-ahead log cannot be emptied: end the other one and try again")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
