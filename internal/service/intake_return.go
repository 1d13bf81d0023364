package service

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/store"
)

// takeReturn puts the rows of a return in the place of those that were there:
// rows that say the same stay with the file that said it first, others are
// superseded, and what is new is added.
func (in *intake) takeReturn(g *group) error {
	held, err := in.tx.FactKeys(in.actor.Authority, string(g.kind), g.year)
	if err != nil {
		return err
	}
	diff := in.compare(g, held)
	if len(diff.fresh) == 0 && len(diff.superseded) == 0 && in.readBefore(g) {
		return nil
	}
	for i, file := range g.files {
		f := &in.report.Files[file]
		f.Unchanged = f.Added == 0 && f.Changed == 0 && f.Gone == 0
		if f.Unchanged && i < len(g.files)-1 {
			continue
		}
		f.Unchanged = false
	}
	return in.replace(g, diff)
}

// readBefore tells whether the return was read at some time. One that holds nothing
// is noted the first time: that nobody went missing is another thing than that no
// return says so.
func (in *intake) readBefore(g *group) bool {
	return slices.Contains(in.years.read, store.Return{Kind: string(g.kind), YearEnding: g.year})
}

// difference is what a return's new rows change.
type difference struct {
	fresh      []freshRow
	superseded []string // keys of rows that were changed or are no longer there
	goneFrom   []string // keys of rows that are no longer there
}

type freshRow struct {
	row  *care.Row
	key  string // the row's key among all files of the return
	hash string
	file int // index into the report
}

// hashRow is what a row says, in 128 bits: two rows with one hash say the same.
func hashRow(row *care.Row) string {
	var b strings.Builder
	b.Grow(256)
	put := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
			b.WriteByte(0)
		}
	}
	if row.Identity != nil {
		put(string(row.Identity.BirthDate), row.Identity.UPN, row.Identity.Sex, row.Identity.Ethnicity)
	}
	for i := range row.Facts {
		f := &row.Facts[i]
		put("\x01", string(f.Kind), string(f.Began), string(f.Ended), f.Code)
		for _, d := range f.Details {
			put(d.Name, d.Value)
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// replace supersedes what no longer holds and adds what is new, with one
// delivery for each file that brought something.
func (in *intake) replace(g *group, diff difference) error {
	deliveries := map[int]store.Delivery{}
	for _, file := range g.files {
		if f := in.report.Files[file]; !f.Unchanged {
			d, err := in.deliver(f)
			if err != nil {
				return err
			}
			deliveries[file] = d
		}
	}
	last := deliveries[g.files[len(g.files)-1]]
	if err := in.tx.SupersedeFacts(in.actor.Authority, string(g.kind), g.year, diff.superseded, last.Number); err != nil {
		return err
	}
	if err := in.makeChildren(diff.fresh); err != nil {
		return err
	}
	for _, r := range diff.fresh {
		id := in.children[r.row.Child].ID
		in.stand[id] = append(in.stand[id], store.Return{Kind: string(g.kind), YearEnding: g.year})
	}
	if err := in.takeIdentities(g, diff); err != nil {
		return err
	}
	for file, d := range deliveries {
		rows, err := in.factRows(diff.fresh, file)
		if err != nil {
			return err
		}
		if err := in.tx.AddFacts(in.actor.Authority, d, rows); err != nil {
			return err
		}
	}
	return nil
}

// deliver records that a table was read, and gives it its number.
func (in *intake) deliver(f FileReport) (store.Delivery, error) {
	body, err := reportJSON(f)
	if err != nil {
		return store.Delivery{}, err
	}
	d := store.Delivery{
		Number: in.next, Kind: f.Kind, YearEnding: f.YearEnding, FileName: shown.File(f.Name), ReceivedBy: in.actor.Account,
		RowsRead: f.RowsRead, RowsTaken: f.RowsTaken, RowsSetAside: f.RowsSetAside,
		Added: f.Added, Changed: f.Changed, Gone: f.Gone, Same: f.Same, Report: body,
	}
	in.next++
	return d, in.tx.AddDelivery(in.actor.Authority, d)
}

// factRows are the new rows that one file brought, as facts.
func (in *intake) factRows(fresh []freshRow, file int) ([]store.FactRow, error) {
	rows := make([]store.FactRow, 0, len(fresh))
	for _, r := range fresh {
		if r.file != file {
			continue
		}
		for i := range r.row.Facts {
			f := &r.row.Facts[i]
			details, err := detailsJSON(f.Details)
			if err != nil {
				return nil, err
			}
			rows = append(rows, store.FactRow{
				RowKey: r.key, RowHash: r.hash, Child: in.children[r.row.Child].ID,
				Kind: string(f.Kind), Began: string(f.Began), Ended: string(f.Ended), Code: f.Code,
				Details: details, Sheet: r.row.Sheet, RowNumber: r.row.Number,
			})
		}
	}
	return rows, nil
}

func detailsJSON(details []care.Detail) (string, error) {
	if len(details) == 0 {
		return "", nil
	}
	body, err := json.Marshal(details)
	return string(body), err
}

// makeChildren makes a child for each id of the authority that is new. Their own ids
// are given in order, so that rows and indexes grow at their end.
func (in *intake) makeChildren(fresh []freshRow) error {
	var las, ids []string
	seen := map[string]bool{}
	for _, r := range fresh {
		if _, ok := in.children[r.row.Child]; !ok && !seen[r.row.Child] {
			seen[r.row.Child] = true
			las, ids = append(las, r.row.Child), append(ids, in.s.ids.New())
		}
	}
	slices.Sort(ids)
	made := make([]child.Child, 0, len(las))
	for n, la := range las {
		made = append(made, in.newChild(la, ids[n]))
	}
	in.report.NewChildren += len(made)
	return in.tx.AddChildren(in.actor.Authority, made)
}

// newChild is a child with an id of the authority, known to the intake from now on.
func (in *intake) newChild(la, id string) child.Child {
	c := child.Child{ID: id, Reference: in.s.ids.Reference(), LAID: la, CreatedBy: in.actor.Account}
	for in.references[c.Reference] {
		c.Reference = in.s.ids.Reference()
	}
	in.references[c.Reference] = true
	c.Record = c.ID
	in.children[la] = store.ChildKey{ID: c.ID, Record: c.ID}
	return c
}

// takeIdentities keeps what the new rows say of who the children are, and takes
// back what rows said that are no longer there.
func (in *intake) takeIdentities(g *group, diff difference) error {
	source := string(g.kind) + " " + string(g.year)
	var fresh []child.Identity
	for _, r := range diff.fresh {
		if i, ok := in.identityOf(r.row, source); ok {
			in.keep(i)
			in.touched[i.Child] = true
			fresh = append(fresh, i)
		}
	}
	if err := in.tx.AddIdentities(in.actor.Authority, fresh); err != nil {
		return err
	}
	return in.endIdentities(g, diff, source)
}

// identityOf is what a row newly says of its child. A table that only repeats
// the date of birth says nothing where another source has one already.
func (in *intake) identityOf(row *care.Row, source string) (child.Identity, bool) {
	if row.Identity == nil {
		return child.Identity{}, false
	}
	id := in.children[row.Child].ID
	i := child.Identity{Child: id, Source: source, BirthDate: row.Identity.BirthDate, Sex: row.Identity.Sex,
		Ethnicity: row.Identity.Ethnicity, UPN: row.Identity.UPN, RecordedBy: in.actor.Account}
	held := in.identities[id]
	if i.Empty() || held[source].Same(i) {
		return i, false
	}
	if i.UPN == "" && i.Ethnicity == "" && i.Sex == "" {
		for _, other := range held {
			if other.BirthDate == i.BirthDate {
				return i, false
			}
		}
	}
	return i, true
}

// endIdentities takes back what the return said of children who are in none of
// its rows any more. A row's key begins with the child.
func (in *intake) endIdentities(g *group, diff difference, source string) error {
	if len(diff.goneFrom) == 0 {
		return nil
	}
	still := map[string]bool{}
	for i := range g.tables {
		for j := range g.tables[i].Rows {
			still[g.tables[i].Rows[j].Child] = true
		}
	}
	for _, key := range diff.goneFrom {
		la, _, _ := strings.Cut(strings.SplitN(key, "#", 2)[0], "|")
		id := in.children[la].ID
		if still[la] || id == "" || in.identities[id][source].Empty() {
			continue
		}
		delete(in.identities[id], source)
		if err := in.tx.EndIdentity(in.actor.Authority, id, source); err != nil {
			return err
		}
	}
	return nil
}
