package service

import (
	"context"
	"fmt"
	"slices"
	"time"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns"
	"stablefutures/internal/store"
)

// erased are the people of an authority who were erased, as files are held against
// them: by keyed hashes of their numbers and references.
type erased struct {
	numbers map[string]time.Time // when, by blindNumber
	blind   func(number string) string
	known   map[string]string // hashes by number, of this one reading
}

func (s *Service) erasedIn(tx *store.Tx, authority string) (erased, error) {
	numbers, err := tx.ErasedNumbers(authority)
	return s.erasedAs(authority, numbers), err
}

func (s *Service) erasedAs(authority string, numbers map[string]time.Time) erased {
	return erased{numbers, func(number string) string { return s.blindNumber(authority, number) }, map[string]string{}}
}

// on is the instant at which the record with a number was erased.
func (e erased) on(number string) (time.Time, bool) {
	if len(e.numbers) == 0 {
		return time.Time{}, false
	}
	hash, ok := e.known[number]
	if !ok {
		hash = e.blind(number)
		e.known[number] = hash
	}
	at, ok := e.numbers[hash]
	return at, ok
}

// in tells whether a table has a row of somebody who was erased.
func (e erased) in(t returns.Table) bool {
	was := func(number string) bool { _, ok := e.on(number); return ok }
	return slices.ContainsFunc(t.Rows, func(r care.Row) bool { return was(r.Child) }) ||
		slices.ContainsFunc(t.Register, func(r returns.RegisterRow) bool { return was(r.Child) }) ||
		slices.ContainsFunc(t.Readings, func(r returns.ReadingRow) bool { return was(r.Child) })
}

// leaveOut is a table without its rows of people who were erased: they are set aside,
// each with its reason, and no other line of the report speaks of them. t itself stays
// as it was.
func (s *Service) leaveOut(e erased, t returns.Table) returns.Table {
	if !e.in(t) {
		return t
	}
	rest := rowsLeft{erased: e, day: func(at time.Time) date.Date { return date.Of(at.In(s.london)) }, places: map[place]bool{}}
	t.Rows = left(&rest, t.Rows, func(r care.Row) (string, place) { return r.Child, place{r.Sheet, r.Number} })
	t.Register = left(&rest, t.Register, func(r returns.RegisterRow) (string, place) { return r.Child, place{r.Sheet, r.Number} })
	t.Readings = left(&rest, t.Readings, func(r returns.ReadingRow) (string, place) { return r.Child, place{r.Sheet, r.Number} })
	t.RowsTaken, t.RowsSetAside = t.RowsTaken-len(rest.problems), t.RowsSetAside+len(rest.problems)
	var told returns.Log
	for _, p := range t.Problems {
		if !rest.places[place{p.Sheet, p.Row}] {
			told.Add(p)
		}
	}
	told.AddAll(rest.problems)
	t.Problems = told.Problems()
	return t
}

// place is where a row stood in its file.
type place struct {
	sheet string
	row   int
}

// rowsLeft gathers what is left out of a table.
type rowsLeft struct {
	erased
	day      func(time.Time) date.Date
	problems []returns.Problem
	places   map[place]bool
}

func left[T any](l *rowsLeft, rows []T, of func(T) (number string, at place)) []T {
	var kept []T
	for _, r := range rows {
		number, at := of(r)
		when, ok := l.on(number)
		if !ok {
			kept = append(kept, r)
			continue
		}
		l.places[at] = true
		l.problems = append(l.problems, returns.Problem{Sheet: at.sheet, Row: at.row, Code: "erased", SetAside: true,
			Message: fmt.Sprintf("The record of the young person in this row was erased here on %s: the row is left out. There is nothing to mend.", l.day(when).Long())})
	}
	return kept
}

// withoutErased are tables that were read, without the rows of people who were erased.
func (s *Service) withoutErased(ctx context.Context, authority string, tables []returns.Table) (list []returns.Table, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		gone, err := s.erasedIn(tx, authority)
		list = make([]returns.Table, len(tables))
		for n, t := range tables {
			list[n] = s.leaveOut(gone, t)
		}
		return err
	})
	return list, err
}

// forget lets go of what memory holds of people who were erased: files that wait for a
// yes and hold a row of theirs, and figures that counted them.
func (s *Service) forget(authority string, numbers []string) {
	s.figures.shelves.Clear()
	gone := map[string]time.Time{}
	for _, number := range numbers {
		gone[number] = s.clock()
	}
	s.uploads.void(authority, s.erasedAs(authority, gone))
}

// void ends the uploads of an authority that hold a row of somebody who was erased.
// Their names are kept, so that whoever read them can be told to choose them again.
func (u *uploads) void(authority string, gone erased) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for id, up := range u.held {
		if up.authority != authority || up.State != UploadWaits || !slices.ContainsFunc(up.tables, gone.in) {
			continue
		}
		names := ImportReport{Authority: up.Report.Authority}
		for _, name := range up.Files() {
			names.Files = append(names.Files, FileReport{Name: name})
		}
		up.State, up.Report, up.tables, up.unrecognised = UploadVoid, names, nil, nil
		u.held[id] = up
	}
}
