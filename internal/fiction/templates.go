package fiction

import (
	"bytes"

	"stablefutures/internal/care"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/template"
)

// templates are the register and the readings, in the project's own templates.
func (w *World) templates() ([]File, error) {
	var entries, readings bytes.Buffer
	if err := template.ExportRegister(&entries, template.XLSX, w.registerRows()); err != nil {
		return nil, err
	}
	if err := template.ExportReadings(&readings, template.CSV, []*framework.Edition{w.opt.Edition}, w.readingRows()); err != nil {
		return nil, err
	}
	return []File{
		{Name: "Register (fictional).xlsx", Data: entries.Bytes()},
		{Name: "Readings (fictional).csv", Data: readings.Bytes()},
	}, nil
}

// onRegister are the young people on the register, by number.
func (w *World) onRegister() []*person {
	var list []*person
	for _, p := range w.children {
		if p.exploited != nil {
			list = append(list, p)
		}
	}
	return sorted(list)
}

func (w *World) registerRows() []table.RegisterRow {
	var rows []table.RegisterRow
	for i, p := range w.onRegister() {
		rows = append(rows, table.RegisterRow{Child: p.id, Name: p.name, Number: i + 2, Entry: w.entry(p),
			Identity: care.Identity{BirthDate: p.born, Sex: p.sex, Ethnicity: p.ethnicity, UPN: p.upn}})
	}
	return rows
}

// entry is a young person's register entry, as far as it is known.
func (w *World) entry(p *person) register.Entry {
	x := p.exploited
	e := register.Entry{register.FieldTypes: x.types, register.FieldNationality1: p.nationality, register.FieldLanguage: p.language,
		register.FieldCountyLines: no, register.FieldInterpreterNeeded: no}
	if x.countyLines {
		e[register.FieldCountyLines] = register.Yes
	}
	if p.language != "English" {
		e[register.FieldInterpreterNeeded] = register.Yes
	}
	if x.suspected {
		e[register.FieldState], e[register.FieldSuspectedOn] = string(register.Suspected), string(x.noticed)
		e[register.FieldSuspectedWhy] = "Missing repeatedly, and new things that nobody could explain (fictional)."
		return e
	}
	e[register.FieldState], e[register.FieldReferredOn] = string(register.Referred), string(x.noticed)
	e[register.FieldFirstResponder] = pick(w, []weighted[string]{{AuthorityName, 6}, {"Fernshire Police (fictional)", 3}, {"Home Office", 2}})
	e[register.FieldReasonableGrounds] = x.rg
	e[register.FieldGuardian] = x.guardian
	set := func(field, value string) {
		if value != "" {
			e[field] = value
		}
	}
	set(register.FieldReasonableGroundsOn, string(x.rgOn))
	set(register.FieldConclusiveGrounds, x.cg)
	set(register.FieldConclusiveGroundsOn, string(x.cgOn))
	set(register.FieldClosedOn, string(x.closedOn))
	if x.closedOn.Known() {
		set(register.FieldClosedReason, "All decisions made")
	}
	if x.guardian == register.GuardianAllocated {
		set(register.FieldGuardianRequestedOn, string(x.noticed))
		set(register.FieldGuardianAllocatedOn, string(x.guardianOn))
	} else if x.guardian == register.GuardianRequested {
		set(register.FieldGuardianRequestedOn, string(x.noticed))
	}
	return e
}

const no = register.No
