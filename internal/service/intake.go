package service

import (
	"fmt"
	"slices"

	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/returns"
	"stablefutures/internal/store"
)

// intake is one call of Import at work inside its transaction.
type intake struct {
	s        *Service
	tx       *store.Tx
	actor    Actor
	opt      ImportOptions
	tables   []returns.Table
	years    years
	editions map[string]*framework.Edition

	children   map[string]store.ChildKey            // by the authority's id
	identities map[string]map[string]child.Identity // current ones, by child and source
	references map[string]bool                      // references that are taken
	touched    map[string]bool                      // children whose identity is new or changed
	stand      map[string][]store.Return            // returns of this call, by the children that stand in them
	next       int                                  // number of the next delivery

	report  ImportReport
	refused []returns.Unrecognised
}

func (s *Service) newIntake(tx *store.Tx, actor Actor, tables []returns.Table, opt ImportOptions) (*intake, error) {
	in := &intake{s: s, tx: tx, actor: actor, opt: opt, touched: map[string]bool{}, stand: map[string][]store.Return{}, identities: map[string]map[string]child.Identity{}}
	in.report = ImportReport{Authority: actor.Authority, DryRun: opt.DryRun, Files: []FileReport{}}
	if err := in.ownAuthority(tables); err != nil {
		return nil, err
	}
	gone, err := s.erasedIn(tx, actor.Authority)
	if err != nil {
		return nil, err
	}
	for n, t := range in.tables {
		in.tables[n] = s.leaveOut(gone, t)
	}
	if in.editions, err = s.editionsIn(tx, actor.Authority); err != nil {
		return nil, err
	}
	if in.children, err = tx.ChildrenByLAID(actor.Authority); err != nil {
		return nil, err
	}
	if in.references, err = tx.References(actor.Authority); err != nil {
		return nil, err
	}
	held, err := tx.Identities(actor.Authority)
	if err != nil {
		return nil, err
	}
	for _, i := range held {
		in.keep(i)
	}
	read, err := tx.Returns(actor.Authority)
	if err != nil {
		return nil, err
	}
	in.years = years{said: opt.YearEnding.YearEnding(), today: s.todayIn(tx), tables: in.tables, read: read}
	in.oneYear()
	in.next, err = tx.NextDelivery(actor.Authority)
	return in, err
}

func (in *intake) keep(i child.Identity) {
	if in.identities[i.Child] == nil {
		in.identities[i.Child] = map[string]child.Identity{}
	}
	in.identities[i.Child][i.Source] = i
}

// ownAuthority leaves out tables that say they are another authority's: one whose
// records are here too, one beside files that do say they are this authority's, or
// any at all where the authority has its DfE number of three digits and the person
// did not name it in this call. Otherwise the file is taken, and the difference told.
func (in *intake) ownAuthority(tables []returns.Table) error {
	here, err := in.tx.Authorities()
	if err != nil {
		return err
	}
	own := in.actor.Authority
	unsaid := !in.opt.AuthoritySaid && threeDigits(own) && own != UnnamedAuthority
	beside := slices.ContainsFunc(tables, func(t returns.Table) bool { return t.Authority == own })
	for _, t := range tables {
		known := slices.ContainsFunc(here, func(a store.Authority) bool { return a.Code == t.Authority })
		switch {
		case t.Authority == "" || t.Authority == own:
		case unsaid || beside || known:
			in.refused = append(in.refused, returns.Unrecognised{Name: t.File, Message: fmt.Sprintf(
				"This file says that it is authority %s's, and these records are authority %s's: nothing of it was taken. Check that it is the right file, and that it names the right authority.", t.Authority, own)})
			if !beside && !known { // naming the authority would help
				in.report.OtherAuthority = append(in.report.OtherAuthority, t.File)
			}
			continue
		default:
			t.ReadAs = append(slices.Clone(t.ReadAs), returns.ReadAs{Column: "LEA", Observed: t.Authority, TakenAs: own, Count: 1})
		}
		in.tables = append(in.tables, t)
	}
	return nil
}

// oneYear leaves out the files of a return of which two years came in one call:
// they would be taken for one.
func (in *intake) oneYear() {
	told := map[string]bool{}
	in.tables = slices.DeleteFunc(in.tables, func(t returns.Table) bool {
		several := in.years.several(family(t.Kind))
		if len(several) == 0 {
			return false
		}
		if !told[t.File] {
			told[t.File] = true
			in.refused = append(in.refused, returns.Unrecognised{Name: t.File, Message: fmt.Sprintf(
				"The files hold this return for more than one year (to %s and to %s): nothing of it was taken. Read each year's files by themselves; where they are parts of one return, say its year.",
				several[0].Long(), several[len(several)-1].Long())})
		}
		return true
	})
	in.years.tables = in.tables
}

func threeDigits(code string) bool {
	if len(code) != 3 {
		return false
	}
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// run takes the tables in: returns by kind and year, then the register, then
// readings, and then looks for likely matches.
func (in *intake) run() error {
	for _, group := range in.groups() {
		if err := in.takeReturn(group); err != nil {
			return err
		}
	}
	for i, t := range in.tables {
		if err := in.takeTemplate(i, t); err != nil {
			return err
		}
	}
	if err := in.findMatches(); err != nil {
		return err
	}
	in.report.Unchanged = in.report.NewChildren == 0 && in.report.NewMatches == 0
	for _, f := range in.report.Files {
		in.report.Unchanged = in.report.Unchanged && f.Unchanged
	}
	return nil
}

// group is the tables of one call that are one return: its kind and year. Several
// files may hold parts of it; together they take the place of what was there.
type group struct {
	kind   returns.Kind
	year   date.Date
	tables []returns.Table
	files  []int // index of each table's line in the report
}

// groups also begins the report: one line for each table, in the order of the files.
func (in *intake) groups() []*group {
	var list []*group
	for _, t := range in.tables {
		year, from := in.years.of(t)
		in.report.Files = append(in.report.Files, FileReport{
			Name: t.File, Sheet: t.Sheet, Kind: string(t.Kind), YearEnding: year, YearFrom: from,
			RowsRead: t.RowsRead, RowsTaken: t.RowsTaken, RowsSetAside: t.RowsSetAside, Unchanged: true,
			Problems: orEmpty(t.Problems), ReadAs: orEmpty(t.ReadAs),
		})
		if family(t.Kind) == "template" || t.RowsTaken == 0 && t.RowsSetAside > 0 {
			continue // templates have no year; a table that was set aside as a whole replaces nothing
		}
		at := slices.IndexFunc(list, func(g *group) bool { return g.kind == t.Kind && g.year == year })
		if at < 0 {
			at, list = len(list), append(list, &group{kind: t.Kind, year: year})
		}
		list[at].tables = append(list[at].tables, t)
		list[at].files = append(list[at].files, len(in.report.Files)-1)
	}
	return list
}

// orEmpty is a list that prints as [] where there is nothing in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
