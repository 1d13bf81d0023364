package fiction

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"stablefutures/internal/date"

	"github.com/xuri/excelize/v2"
)

// annexA is the workbook that an inspection would ask for today, with the lists
// of children in care (8) and care leavers (9), as councils fill them in: coded
// words, dates as dates, and workers' names, which no reader keeps.
func (w *World) annexA() (file File, err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	lists := []struct {
		name string
		rows [][]any
	}{{"List 8", w.list8()}, {"List 9", w.list9()}}
	for i, list := range lists {
		if _, err := book.NewSheet(list.name); err != nil {
			return file, err
		}
		for n, row := range list.rows {
			if err := book.SetSheetRow(list.name, fmt.Sprintf("A%d", n+1), &row); err != nil {
				return file, err
			}
		}
		if i == 0 {
			if err := book.DeleteSheet("Sheet1"); err != nil {
				return file, err
			}
		}
	}
	var b bytes.Buffer
	err = book.Write(&b)
	return File{Name: "Annex A (fictional).xlsx", Data: b.Bytes()}, err
}

var ethnicWords = map[string]string{
	"WBRI": "a) WBRI", "WOTH": "d) WOTH", "WROM": "e) WROM", "MWBC": "f) MWBC", "MOTH": "i) MOTH", "APKN": "k) APKN",
	"ABAN": "l) ABAN", "AOTH": "m) AOTH", "BCRB": "n) BCRB", "BAFR": "o) BAFR", "OOTH": "r) OOTH",
}

var sexWords = map[string]string{"M": "a) Male", "F": "b) Female"}

func (w *World) list8() [][]any {
	rows := [][]any{{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
		"Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", "Does the Child have a Disability",
		"Date Started to be Looked After", "Child's Category of Need",
		"Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
		"Start date of current legal status", "Child's Legal Status", "Date of Latest Statutory Review", "Date of Last Social Work Visit",
		"What is the permanence plan for this child?", "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment",
		"Date of Last Dental Check", "Number of Placements in the Last 12 months", "Date Ceased to be Looked After",
		"Reason Ceased to be Looked After", "Start Date of Most Recent Placement", "Placement Type", "Placement Provider",
		"Placement postcode", "URN of Placement", "Placement Location", "LA of Placement",
		"Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
		"Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
		"Was the child offered a Return Interview after their last missing episode (Y/N)?",
		"Did the child accept a Return Interview after their last missing episode (Y/N)?", "Allocated Team", "Allocated Worker"}}
	since := w.opt.Today.AddMonths(-6)
	for _, p := range sorted(w.children) {
		if p.inCare(since, w.opt.Today) {
			rows = append(rows, w.list8Row(p))
		}
	}
	return rows
}

func (w *World) list8Row(p *person) []any {
	first, now := p.episodes[0], p.episodes[len(p.episodes)-1]
	age, _ := p.born.AgeOn(w.opt.Today)
	missing, absent := p.awayIn(w.opt.Today.AddMonths(-12), w.opt.Today)
	offered, accepted := "", ""
	if missing > 0 {
		offered, accepted = yes(w.chance(0.85)), yes(w.chance(0.5))
	}
	var ended, reason any = "", ""
	if now.ended.Known() {
		ended, reason = now.ended.Time(), now.reason
	}
	visit := w.opt.Today.AddDays(-w.between(3, 60))
	return []any{p.id, sexWords[p.sex], ethnicWords[p.ethnicity], p.born.Time(), age, yes(p.uasc), yes(w.chance(0.12)),
		first.began.Time(), now.need, "b) No", now.began.Time(), now.status, visit.AddDays(-40).Time(), visit.Time(), "f) Long-term fostering",
		visit.Time(), visit.AddDays(-90).Time(), visit.AddDays(-100).Time(), min(len(p.episodes), 3), ended, reason, now.began.Time(),
		now.placement, now.provider, "FN1 4CD", "", "a) In", "Fernshire", missing, absent, offered, accepted,
		"Looked after team", "Invented Worker"}
}

func (w *World) list9() [][]any {
	rows := [][]any{{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
		"Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)", "Does the Child have a Disability", "Allocated Team",
		"Allocated Worker", "Allocated Personal Advisor", "Eligibility Category", "Latest Pathway Plan Review Date", "LA in Touch",
		"Latest Date of Contact", "Type of Accommodation", "Suitability of Accommodation", "Activity Status"}}
	for _, p := range sorted(w.children) {
		age, _ := p.born.AgeOn(w.opt.Today)
		if age < 18 || !p.ceased {
			continue
		}
		rows = append(rows, []any{p.id, sexWords[p.sex], ethnicWords[p.ethnicity], p.born.Time(), strconv.Itoa(age), yes(p.uasc), "b) No",
			"Leaving care team", "Invented Worker", "Invented Adviser", "b) Former relevant child", w.opt.Today.AddDays(-w.between(10, 170)).Time(),
			pick(w, []weighted[string]{{"a) Yes", 92}, {"b) No", 5}, {"d) Refu", 3}}), w.opt.Today.AddDays(-w.between(2, 50)).Time(),
			pick(w, []weighted[string]{{"U", 40}, {"D", 25}, {"Z", 15}, {"B", 12}, {"R", 3}, {"X", 5}}), "a) Suitable",
			pick(w, []weighted[string]{{"F2", 35}, {"F5", 25}, {"G5", 25}, {"F4", 5}, {"F1", 10}})})
	}
	return rows
}

// awayIn counts the times a child was missing and absent from one day to another.
func (p *person) awayIn(from, to date.Date) (missing, absent int) {
	for _, m := range p.missing {
		switch {
		case m.began < from || m.began > to:
		case m.code == "M":
			missing++
		default:
			absent++
		}
	}
	return missing, absent
}

func yes(b bool) string {
	if b {
		return "a) Yes"
	}
	return "b) No"
}
