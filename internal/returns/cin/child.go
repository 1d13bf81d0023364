package cin

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
)

// child makes one row of a Child element, or sets it aside.
func (r *reader) child(n *node) {
	r.out.RowsRead++
	id, point := cell.TrimPoint(n.text("ChildIdentifiers", "LAchildID"))
	if f := cell.Child(id, "child"); f != nil {
		r.setAside("LAchildID", f.Code, f.Message)
		return
	}
	if point {
		r.observed("LAchildID", cell.IDsWithPoint, cell.IDsWithoutPoint)
	}
	b := &builder{reader: r}
	who := b.person(n)
	for _, details := range n.all("CINdetails") {
		b.details(details)
	}
	row := care.Row{Key: id, Child: id, Facts: b.facts, Sheet: sheet, Number: r.number}
	if who != (care.Identity{}) {
		row.Identity = &who
	}
	before := r.seen[id]
	for _, place := range before {
		if same(r.out.Rows[place], row) {
			r.setAside("", "duplicate-row", fmt.Sprintf("The child is the same as child %d in all that is read: it is counted once.", r.out.Rows[place].Number))
			return
		}
	}
	if len(before) > 0 {
		row.Key += "#" + strconv.Itoa(len(before)+1)
		r.tell("LAchildID", "duplicate-child", fmt.Sprintf("This child stands in the file already, as child %d, with other facts: both are taken. Keep one Child element a child.", r.out.Rows[before[0]].Number))
	}
	r.seen[id] = append(before, len(r.out.Rows))
	r.take(row)
}

func same(a, b care.Row) bool {
	return reflect.DeepEqual(a.Identity, b.Identity) && reflect.DeepEqual(a.Facts, b.Facts)
}

// builder gathers the facts of one child.
type builder struct {
	*reader
	facts []care.Fact
	born  date.Date
}

func (b *builder) add(f care.Fact) { b.facts = append(b.facts, f) }

// person reads who the child is: one person fact, and the identity.
func (b *builder) person(n *node) care.Identity {
	f := care.Fact{Kind: care.Person}
	var who care.Identity
	if ids := n.first("ChildIdentifiers"); ids != nil {
		who.BirthDate = b.past(ids, "PersonBirthDate")
		b.born = who.BirthDate
		who.UPN = b.upn(ids)
		for _, element := range []string{"Sex", "GenderCurrent"} {
			if who.Sex == "" {
				who.Sex = b.code(ids, element, sexCodes)
			}
		}
		f.Code = who.Sex
		b.detail(&f, "UPNunknown", b.code(ids, "UPNunknown", unknownCodes))
		b.detail(&f, "PersonDeathDate", string(b.past(ids, "PersonDeathDate")))
	}
	if about := n.first("ChildCharacteristics"); about != nil {
		who.Ethnicity = b.code(about, "Ethnicity", ethnicCodes)
		b.detail(&f, "Ethnicity", who.Ethnicity)
		b.detail(&f, "Disability", b.disabilities(about))
	}
	b.add(f)
	return who
}

func (b *builder) disabilities(about *node) string {
	var kept []string
	for _, list := range about.all("Disabilities") {
		for _, d := range list.all("Disability") {
			if code := b.codeOf(d, disabilityCodes); code != "" {
				kept = append(kept, code)
			}
		}
	}
	return strings.Join(kept, "; ")
}

func (b *builder) upn(ids *node) string {
	found := ids.first("UPN")
	if found == nil || b.blank(found) {
		return ""
	}
	upn := strings.ToUpper(found.own)
	if !cell.UPN(upn) {
		b.tell("UPN", "unknown-code", "This is no unique pupil number (13 letters and digits): it is left blank.")
		return ""
	}
	if upn != found.own {
		b.observed("UPN", cell.SmallLetters, cell.Capitals) // a pupil's number stands in no report
	}
	return upn
}

func (b *builder) detail(f *care.Fact, name, value string) {
	if value != "" {
		f.Details = append(f.Details, care.Detail{Name: name, Value: value})
	}
}
