package service

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/returns"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/store"
)

// namedExport is what an export with names holds.
type namedExport struct {
	people   [][]any
	register []returns.RegisterRow
	readings []returns.ReadingRow
	editions []*framework.Edition

	askedBy, decidedBy string
}

// ExportWithNames writes the export that two people decided on to w, once: who the young
// people are, the register and the readings. It holds the records that whoever asked may
// open; of a data officer, who opens none, those that no restriction keeps from them.
// That there are others is not told. ErrChanged where it was made before, or too late.
func (s *Service) ExportWithNames(ctx context.Context, actor Actor, id string, w io.Writer) (people int, err error) {
	var out namedExport
	err = s.changeLong(ctx, actor, access.AskDecision, func(tx *store.Tx, _ access.Scope) error {
		out = namedExport{}
		d, err := tx.Decision(actor.Authority, id)
		if err != nil {
			return err
		}
		if d.Act != store.DecideExport || d.AskedBy != actor.Account {
			return store.ErrNotFound
		}
		if err := stillOpen(tx.UseDecision(actor.Authority, id)); err != nil {
			return err
		}
		if err := s.gatherNamed(tx, actor, &out); err != nil {
			return err
		}
		names, err := s.names(tx, actor.Authority)
		if err != nil {
			return err
		}
		out.askedBy, out.decidedBy = names[d.AskedBy], names[d.DecidedBy]
		return s.audit(tx, actor, "export with names", "decision", id, out.counts())
	})
	if err != nil {
		return 0, err
	}
	return len(out.people), sheet.XLSX(w, out.book(s.Today().Long()))
}

// gatherNamed collects what is in reach of the actor.
func (s *Service) gatherNamed(tx *store.Tx, actor Actor, out *namedExport) error {
	scope, err := actor.overDecision(access.AskDecision, store.DecideExport)
	if err != nil {
		return err
	}
	scope = at(scope, tx)
	names, err := childNames(tx, scope)
	if err != nil {
		return err
	}
	if out.people, err = peopleIn(tx, scope); err != nil {
		return err
	}
	if out.register, err = registerRows(tx, actor.Authority, names); err != nil {
		return err
	}
	if out.readings, err = readingRows(tx, actor.Authority, names); err != nil {
		return err
	}
	out.editions, err = s.sortedEditions(tx, actor.Authority)
	return err
}

// peopleIn are the young people in scope, a row each, by their references.
func peopleIn(tx *store.Tx, scope access.Scope) ([][]any, error) {
	children, err := tx.ChildrenInScope(scope)
	if err != nil {
		return nil, err
	}
	sealed, err := tx.IdentitiesInScope(scope)
	if err != nil {
		return nil, err
	}
	identities, err := tx.OpenIdentities(scope.Authority, sealed)
	if err != nil {
		return nil, err
	}
	record, references := map[string]string{}, map[string]string{}
	numbers, sources := map[string][]string{}, map[string][]child.Identity{}
	for _, c := range children {
		record[c.ID] = c.Record
		if c.ID == c.Record {
			references[c.ID] = c.Reference
		}
		if c.LAID != "" {
			numbers[c.Record] = append(numbers[c.Record], c.LAID)
		}
	}
	for _, i := range identities {
		sources[record[i.Child]] = append(sources[record[i.Child]], i)
	}
	var rows [][]any
	for id, reference := range references {
		slices.Sort(numbers[id])
		who := child.Believed(sources[id])
		rows = append(rows, []any{reference, strings.Join(numbers[id], "; "), who.Name, who.BirthDate.Long()})
	}
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(a[0].(string), b[0].(string)) })
	return rows, nil
}

// counts says how much the export holds.
func (e namedExport) counts() string {
	return fmt.Sprintf("%d young people, %d register entries, %d readings", len(e.people), len(e.register), len(e.readings))
}

// book is the export as a file. Everything in it is guarded against formulas.
func (e namedExport) book(today string) sheet.Book {
	registerHead, register := template.RegisterCells(e.register)
	readingsHead, readings := template.ReadingsCells(e.editions, e.readings)
	return sheet.Book{
		Notes: []string{
			"Young people by name. Keep this file where only those can open it who need it, and delete it when its purpose is done.",
			"Made on " + today + " for " + e.askedBy + "; " + e.decidedBy + " agreed to it.",
			"It holds " + e.counts() + ".",
		},
		Tables: []sheet.Table{
			{Name: "Young people", Head: []string{"Reference", "Number in the council's returns", "Name", "Date of birth"}, Rows: e.people},
			{Name: "Register", Head: registerHead, Rows: asCells(register)},
			{Name: "Readings", Head: readingsHead, Rows: asCells(readings)},
		},
	}
}

func asCells(rows [][]string) [][]any {
	out := make([][]any, len(rows))
	for n, row := range rows {
		out[n] = make([]any, len(row))
		for i, cell := range row {
			out[n][i] = cell
		}
	}
	return out
}
