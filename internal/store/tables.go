package store

import (
	"fmt"
	"slices"
	"strings"
)

// TableShape is a table as both engines have it.
type TableShape struct {
	Name    string
	Columns []ColumnShape
}

// ColumnShape is a column of a table: KindText, KindInteger, KindReal or KindBytes.
type ColumnShape struct{ Name, Kind string }

// Kinds of columns.
const (
	KindText    = "text"
	KindInteger = "integer"
	KindReal    = "real"
	KindBytes   = "bytes"
)

// kinds are the engines' own words for kinds of columns.
var kinds = map[string]string{
	"text": KindText, "character varying": KindText,
	"integer": KindInteger, "int": KindInteger, "bigint": KindInteger, "smallint": KindInteger,
	"real": KindReal, "double precision": KindReal,
	"blob": KindBytes, "bytea": KindBytes,
}

// The engines describe their tables each in its own way, so that these texts are in
// the words of one engine. None of them is about anybody's data.
const (
	columnsSQLite = `select m.name, c.name, lower(c.type) from sqlite_schema m join pragma_table_xinfo(m.name) c
		where m.type = 'table' and m.name not like 'sqlite\_%' escape '\' and m.name not like 'goose\_%' escape '\' and c.hidden = 0
		order by m.name, c.cid`
	// The catalogue and not information_schema, which leaves out what this user may not
	// read: a table that cannot be read is to fail, not to be missing.
	columnsPostgres = `select c.relname, a.attname, format_type(a.atttypid, null) from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'goose\_%'
		and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by c.relname, a.attnum`
	refersSQLite   = `select m.name, f."table" from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.seq = 0 order by m.name, f.id`
	refersPostgres = `select a.relname, b.relname from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
		where k.contype = 'f' and a.relnamespace = current_schema()::regnamespace order by a.relname, b.relname`
)

// in is the text for the engine of the transaction.
func (tx *Tx) in(sqlite, postgres string) stmt {
	if tx.engine == PostgreSQL {
		return stmt(postgres)
	}
	return stmt(sqlite)
}

// Tables are all tables of the database but those in which migrations are counted, as
// the database itself describes them. A table stands behind those that it refers to.
func (tx *Tx) Tables() ([]TableShape, error) {
	var list []TableShape
	err := tx.each(tx.in(columnsSQLite, columnsPostgres), nil, func(row scanner) error {
		var table, column, kind string
		if err := row.Scan(&table, &column, &kind); err != nil {
			return err
		}
		known, ok := kinds[kind]
		if !ok {
			return fmt.Errorf("column %s of table %s is of the type %q, of which nothing is known here", column, table, kind)
		}
		if n := len(list); n == 0 || list[n-1].Name != table {
			list = append(list, TableShape{Name: table})
		}
		last := &list[len(list)-1]
		last.Columns = append(last.Columns, ColumnShape{column, known})
		return nil
	})
	if err != nil {
		return nil, err
	}
	refers := map[string][]string{}
	err = tx.each(tx.in(refersSQLite, refersPostgres), nil, func(row scanner) error {
		var from, to string
		err := row.Scan(&from, &to)
		refers[from] = append(refers[from], to)
		return err
	})
	return inOrder(list, refers), err
}

// inOrder puts each table behind those that it refers to. Where tables refer to each
// other in a ring they stand in the order of their names.
func inOrder(list []TableShape, refers map[string][]string) (ordered []TableShape) {
	begun := map[string]bool{}
	var put func(name string)
	put = func(name string) {
		n := slices.IndexFunc(list, func(t TableShape) bool { return t.Name == name })
		if n < 0 || begun[name] {
			return
		}
		begun[name] = true
		for _, to := range refers[name] {
			put(to)
		}
		ordered = append(ordered, list[n])
	}
	for _, t := range list {
		put(t.Name)
	}
	return ordered
}

// Rows gives every row of a table. Values are string, int64, float64, []byte or nil,
// by the kind of their column.
func (tx *Tx) Rows(t TableShape, do func([]any) error) error {
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	return tx.each(stmt("select "+strings.Join(t.names(), ", ")+" from "+quoted(t.Name)), nil, func(row scanner) error {
		if err := row.Scan(into...); err != nil {
			return err
		}
		return do(values)
	})
}

// names are the columns' names as SQL has them.
func (t TableShape) names() []string {
	list := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		list[i] = quoted(c.Name)
	}
	return list
}

// quoted is a name as SQL has it, whatever signs are in it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
