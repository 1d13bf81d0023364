package service_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// ward is two young people of a worker, with a manager, a colleague who works with
// neither, and an auditor.
type ward struct {
	*house
	worker, manager, colleague, auditor service.Actor
	record, other                       string
	reference                           string
}

func newWard(t *testing.T, h *house) *ward {
	t.Helper()
	w := &ward{house: h, worker: h.account(t, "worker", access.Worker), manager: h.account(t, "manager", access.Manager),
		colleague: h.account(t, "colleague", access.Worker), auditor: h.account(t, "auditor", access.Auditor)}
	w.record = w.adds(t, w.worker, "Semhar Tesfay")
	w.other = w.adds(t, w.worker, "Duc Nguyen")
	w.reference = w.referenceOf(t, w.record)
	return w
}

func (w *ward) adds(t *testing.T, actor service.Actor, name string) string {
	t.Helper()
	record, _, err := w.AddChild(t.Context(), actor, service.NewChild{Name: name, BirthDate: "2010-02-03", Sex: "F", Anyway: true})
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// write does something to the database that no page does.
func (h *house) write(t *testing.T, do func(tx *store.Tx) error) {
	t.Helper()
	if err := h.db.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func (h *house) referenceOf(t *testing.T, record string) (reference string) {
	t.Helper()
	h.write(t, func(tx *store.Tx) error {
		c, err := tx.Child("999", record)
		reference = c.Reference
		return err
	})
	return reference
}

// opens tells whether somebody can open a record.
func (h *house) opens(t *testing.T, actor service.Actor, record string) bool {
	t.Helper()
	_, err := h.Record(t.Context(), actor, record)
	if err != nil && !errors.Is(err, service.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

// history are the acts on the ward's record, as the worker sees them.
func (w *ward) history(t *testing.T) string {
	t.Helper()
	trail, err := w.History(t.Context(), w.worker, w.record)
	if err != nil {
		t.Fatal(err)
	}
	var acts []string
	for _, e := range trail.Log {
		acts = append(acts, e.Act)
	}
	return strings.Join(acts, "; ")
}

// behind runs a statement on the database behind the service's back.
func (h *house) behind(t *testing.T, do func(db *sql.DB)) {
	t.Helper()
	driver, dsn := "sqlite", "file:"+h.dsn+"?_pragma=busy_timeout(30000)"
	if store.IsPostgreSQL(h.dsn) {
		driver, dsn = "pgx", h.dsn
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	do(db)
}

func (h *house) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	h.behind(t, func(db *sql.DB) {
		if _, err := db.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatal(err)
		}
	})
}

// markErased marks a record as erased.
func (h *house) markErased(t *testing.T, record string) {
	t.Helper()
	h.exec(t, `update child set erased_at = '2026-11-24T10:00:00.000000Z' where authority = '999' and record_id = $1`, record)
}

// numbered gives a young person a number of the council's own.
func (h *house) numbered(t *testing.T, record, number string) {
	t.Helper()
	h.exec(t, `update child set la_id = $1 where authority = '999' and id = $2`, number, record)
}

// foreign is the account of a worker of another authority.
func (h *house) foreign(t *testing.T) string {
	t.Helper()
	account, err := h.AddAccount(t.Context(), service.Operator("998"), service.NewAccount{Username: "foreign", Name: "Foreign", Role: access.Worker, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// auditOf are the entries of what an account did, as "act/subject/id/detail".
func (h *house) auditOf(t *testing.T, account string) (list []string) {
	t.Helper()
	h.behind(t, func(db *sql.DB) {
		rows, err := db.QueryContext(t.Context(), `select act, subject, subject_id, detail from audit where authority = '999' and account_id = $1`, account)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var act, subject, id, detail string
			if err := rows.Scan(&act, &subject, &id, &detail); err != nil {
				t.Fatal(err)
			}
			list = append(list, act+"/"+subject+"/"+id+"/"+detail)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	})
	return list
}
