package service

import (
	"strconv"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/register"
	"stablefutures/internal/returns"
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
		whole := access.Scope{Authority: in.actor.Authority, Reach: access.Authority}
		c, err := in.tx.RecordByReference(whole, la)
		return store.ChildKey{ID: c.ID, Record: c.Record}, err
	}
	c := in.newChild(la)
	in.report.NewChildren++
	return in.children[la], in.tx.AddChild(in.actor.Authority, c)
}

// takeRegister adds a version of each child's entry that differs from the latest.
func (in *intake) takeRegister(report *FileReport, rows []returns.RegisterRow) error {
	versions, err := in.latestVersions()
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
		before, there := versions[key.ID]
		if there && len(register.Diff(before.Entry, row.Entry)) == 0 {
			report.Same++
			continue
		}
		if there {
			report.Changed++
		} else {
			report.Added++
		}
		if delivery.Number == 0 {
			delivery.Number, in.next = in.next, in.next+1
		}
		version := store.RegisterVersion{Child: key.ID, Version: before.Version + 1, Entry: row.Entry,
			Source: strconv.Itoa(delivery.Number), RecordedBy: in.actor.Account}
		err = in.s.projecting(in.tx, in.actor.Authority, []string{key.Record}, func() error {
			return in.tx.AddRegisterVersion(in.actor.Authority, version)
		})
		if err != nil {
			return err
		}
		versions[key.ID] = version
	}
	return in.deliverTemplate(report, delivery.Number)
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
		Number: number, Kind: report.Kind, FileName: report.Name, ReceivedBy: in.actor.Account,
		RowsRead: report.RowsRead, RowsTaken: report.RowsTaken, RowsSetAside: report.RowsSetAside,
		Added: report.Added, Changed: report.Changed, Same: report.Same, Report: body,
	})
}
