package service

import (
	"strconv"

	"stablefutures/internal/child"
	"stablefutures/internal/register"
	"stablefutures/internal/returns"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/store"
)

// takeTemplate takes the rows of our own templates in. They are what people
// entered: a row that is not in a later file is not gone.
func (in *intake) takeTemplate(file int, t returns.Table) error {
	switch {
	case len(t.Register) > 0:
		return in.takeRegister(&in.report.Files[file], t.Register)
	case len(t.Readings) > 0:
		return in.takeReadings(&in.report.Files[file], t.Readings)
	}
	return nil
}

// childOf is the child with an id of the authority, or with a reference, as
// export writes those who have no such id; made where it is new.
func (in *intake) childOf(la string) (store.ChildKey, error) {
	if key, ok := in.children[la]; ok {
		return key, nil
	}
	if in.references[la] {
		c, err := in.tx.RecordByReference(whole(in.actor.Authority), la)
		return store.ChildKey{ID: c.ID, Record: c.Record}, err
	}
	c := in.newChild(la, in.s.ids.New())
	in.report.NewChildren++
	return in.children[la], in.tx.AddChild(in.actor.Authority, c)
}

// takeRegister adds a version of each child's entry where the file says something
// else than it said last. What a person has entered since outweighs the file.
func (in *intake) takeRegister(report *FileReport, rows []returns.RegisterRow) error {
	versions, err := in.latestVersions()
	if err != nil {
		return err
	}
	said, err := in.tx.RegisterSaid(in.actor.Authority)
	if err != nil {
		return err
	}
	var delivery store.Delivery
	for _, row := range rows {
		key, err := in.childOf(row.Child)
		if err != nil {
			return err
		}
		if err := in.nameFromFile(key, row); err != nil {
			return err
		}
		for _, f := range row.Unsaid {
			if held := said[key.ID][f]; held != "" {
				row.Entry[f] = held
			}
		}
		before, there := versions[key.ID]
		entry, kept := register.Merge(said[key.ID], row.Entry, before.Entry)
		if there && len(register.Diff(before.Entry, entry)) == 0 && len(kept) == 0 {
			report.Same++
			continue
		}
		if there && !in.mayMerge(report, row, entry, kept) {
			continue
		}
		switch {
		case !there:
			report.Added++
		case len(register.Diff(before.Entry, entry)) == 0:
			report.Same++
			continue
		default:
			report.Changed++
		}
		if delivery.Number == 0 {
			delivery.Number, in.next = in.next, in.next+1
		}
		version := store.RegisterVersion{Child: key.ID, Version: before.Version + 1, Entry: entry, Said: row.Entry,
			Source: strconv.Itoa(delivery.Number), RecordedBy: in.actor.Account}
		err = in.s.projecting(in.tx, in.actor.Authority, []string{key.Record}, func() error {
			return in.tx.AddRegisterVersion(in.actor.Authority, version)
		})
		if err != nil {
			return err
		}
		versions[key.ID], said[key.ID] = version, row.Entry
	}
	return in.deliverTemplate(report, delivery.Number)
}

// mayMerge tells what of a row did not outweigh what a person has entered, and is
// false where the row and the person's entry together make no entry: then the row is
// set aside.
func (in *intake) mayMerge(report *FileReport, row returns.RegisterRow, entry register.Entry, kept []register.Change) bool {
	place := returns.Problem{Sheet: row.Sheet, Row: row.Number}
	for _, c := range kept {
		p := place
		p.Column, p.Code = fieldLabel(c.Field), "entered-by-hand"
		p.Message = "A person has entered this on the page: it stays as it is there, not as it is in the file. Change it on the page if the file is right."
		report.Problems = append(report.Problems, p)
	}
	for _, wrong := range register.Errors(register.Check(entry, row.Identity.BirthDate, in.s.todayIn(in.tx))) {
		p := place
		p.Column, p.Code, p.SetAside = fieldLabel(wrong.Field), wrong.Code, true
		p.Message = "Together with what a person has entered on the page, the row is set aside: " + wrong.Message
		report.Problems = append(report.Problems, p)
		report.RowsTaken, report.RowsSetAside = report.RowsTaken-1, report.RowsSetAside+1
		return false
	}
	return true
}

func fieldLabel(id string) string {
	f, _ := register.FieldByID(id)
	return f.Label
}

// latestVersions are the entries that hold now, by child.
func (in *intake) latestVersions() (map[string]store.RegisterVersion, error) {
	held, err := in.tx.RegisterNow(in.actor.Authority)
	if err != nil {
		return nil, err
	}
	out := make(map[string]store.RegisterVersion, len(held))
	for _, v := range held {
		out[v.Child] = v
	}
	return out, nil
}

// nameFromFile keeps what the register file says of who the child is.
func (in *intake) nameFromFile(key store.ChildKey, row returns.RegisterRow) error {
	i := child.Identity{Child: key.ID, Source: child.ByRegisterFile, Name: row.Name, BirthDate: row.Identity.BirthDate,
		Sex: row.Identity.Sex, Ethnicity: row.Identity.Ethnicity, UPN: row.Identity.UPN, RecordedBy: in.actor.Account}
	if i.Empty() || in.identities[key.ID][child.ByRegisterFile].Same(i) {
		return nil
	}
	in.keep(i)
	in.touched[key.ID] = true
	return in.tx.AddIdentity(in.actor.Authority, i)
}

// deliverTemplate records the file where it brought something; number is 0 where
// it did not.
func (in *intake) deliverTemplate(report *FileReport, number int) error {
	report.Unchanged = number == 0
	if report.Unchanged {
		return nil
	}
	body, err := reportJSON(*report)
	if err != nil {
		return err
	}
	return in.tx.AddDelivery(in.actor.Authority, store.Delivery{
		Number: number, Kind: report.Kind, FileName: shown.File(report.Name), ReceivedBy: in.actor.Account,
		RowsRead: report.RowsRead, RowsTaken: report.RowsTaken, RowsSetAside: report.RowsSetAside,
		Added: report.Added, Changed: report.Changed, Same: report.Same, Report: body,
	})
}
