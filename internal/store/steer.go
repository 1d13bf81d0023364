package store

import (
	"context"
	"errors"
)

// typical is how a large council's tables look: for each index its number of rows, and
// how many of them share its first column, its first two, and so on. SQLite plans by
// that, and without it takes the authority, which every row shares, for a good place to
// begin. The numbers are fixed so that a query is planned alike in a new database and
// in a full one.
var typical = []struct{ table, index, rows string }{
	{"account", "sqlite_autoindex_account_1", "200 200 1"},
	{"account", "sqlite_autoindex_account_2", "200 200 1"},
	{"session", "sqlite_autoindex_session_1", "1000 1000 1"},
	{"child", "child", "50000 50000 1"},
	{"child", "sqlite_autoindex_child_2", "50000 50000 1"},
	{"child", "sqlite_autoindex_child_3", "50000 50000 1"},
	{"child", "child_record", "50000 50000 2"},
	{"identity", "identity", "100000 100000 2 1 1"},
	{"delivery", "sqlite_autoindex_delivery_1", "500 500 1"},
	{"delivery", "delivery_return", "500 500 20 2"},
	{"fact", "fact", "500000 500000 1000 1"},
	{"fact", "fact_child", "500000 500000 10"},
	{"fact", "fact_factor", "5000 5000 500 5"},
	{"register_entry", "sqlite_autoindex_register_entry_1", "5000 5000 2 1"},
	{"allocation", "sqlite_autoindex_allocation_1", "5000 5000 2 1 1"},
	{"allocation", "allocation_account", "3000 3000 30"},
	{"conversation", "sqlite_autoindex_conversation_1", "20000 20000 1"},
	{"conversation", "conversation_child", "20000 20000 8 1"},
	{"reading", "reading", "1000000 1000000 400 1"},
	{"reading", "reading_child", "1000000 1000000 400 400 10 5"},
	{"reading_words", "reading_words", "300000 300000 100 1"},
	{"standing", "standing", "300000 300000 200 200 2 1"},
	{"audit", "sqlite_autoindex_audit_1", "1000000 1000000 1"},
	{"audit", "audit_subject", "1000000 1000000 100 1"},
	{"audit", "audit_account", "1000000 1000000 10000 1"},
	{"audit", "audit_n", "1000000 1000000 1"},
	{"audit", "audit_at", "1000000 1000000 2 1"},
}

// steer tells SQLite how its tables typically look, in the table in which ANALYZE
// would put what it finds.
func (db *DB) steer(ctx context.Context) (err error) {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "begin immediate; analyze sqlite_schema; delete from sqlite_stat1"); err != nil {
		return err
	}
	for _, t := range typical {
		if _, err := conn.ExecContext(ctx, "insert into sqlite_stat1 (tbl, idx, stat) values ($1, $2, $3)", t.table, t.index, t.rows); err != nil {
			return err
		}
	}
	_, err = conn.ExecContext(ctx, "commit; analyze sqlite_schema")
	return err
}
