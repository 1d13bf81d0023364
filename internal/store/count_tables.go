package store

import (
	"context"
	"fmt"
)

// neverCounted are the tables in which there is something and of which PostgreSQL knows
// nothing. It then takes the authority, which every row shares, for as good a place to
// begin as the record, and goes through all readings of a council for one page. By
// itself it never counts a table of fewer than fifty rows, however often such a table
// decides how others are read. The texts are in the words of one engine; none of them
// is about anybody's data.
const neverCounted = `select c.relname from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
	and pg_relation_size(c.oid) > 0 and pg_get_userbyid(c.relowner) = current_user
	and not exists (select 1 from pg_stats s where s.schemaname = current_schema() and s.tablename = c.relname)
	order by c.relname`

// CountTables lets PostgreSQL count the tables that it never counted, and gives their
// names; it costs next to nothing where there are none. SQLite is told how large its
// tables are (see typical).
func (db *DB) CountTables(ctx context.Context) ([]string, error) {
	if db.Engine != PostgreSQL {
		return nil, nil
	}
	var tables []string
	err := db.Read(ctx, func(tx *Tx) (err error) {
		tables, err = all(tx, stmt(neverCounted), nil, scanText)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, table := range tables {
		if _, err := db.writer.ExecContext(ctx, "analyze "+table); err != nil {
			return nil, fmt.Errorf("count %s: %w", table, kind(err))
		}
	}
	return tables, nil
}
