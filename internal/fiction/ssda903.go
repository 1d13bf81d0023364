package fiction

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"stablefutures/internal/date"
)

// ssda903 are the files of one year's return, as a council uploads them.
func (w *World) ssda903(year date.Date) []File {
	rows := map[string][][]string{
		"header":   {{"CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"}},
		"episodes": {{"CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"}},
		"uasc":     {{"CHILD", "SEX", "DOB", "DUC"}},
		"missing":  {{"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"}},
		"reviews":  {{"CHILD", "DOB", "REVIEW", "REVIEW_CODE"}},
	}
	add := func(table string, cells ...string) { rows[table] = append(rows[table], cells) }
	for _, p := range sorted(w.children) {
		if !p.anyEpisode(year) {
			continue
		}
		add("header", p.id, p.sex, uk(p.born), p.ethnicity, p.upnOr(w), "", "")
		for i, e := range p.episodes {
			if e.began <= year && (!e.ended.Known() || e.ended >= year.YearBegin()) {
				add("episodes", w.episodeRow(p, i, year)...)
			}
		}
		if p.uasc && p.uascCeased >= year.YearBegin() {
			add("uasc", p.id, p.sex, uk(p.born), uk(p.uascCeased))
		}
		for _, m := range p.missing {
			if m.began.YearEnding() == year {
				add("missing", p.id, uk(p.born), m.code, uk(m.began), uk(m.ended))
			}
		}
		for _, r := range w.reviews(p, year) {
			add("reviews", r...)
		}
	}
	var files []File
	for _, table := range []string{"header", "episodes", "uasc", "missing", "reviews"} {
		files = append(files, File{Name: fmt.Sprintf("SSDA903 %s %s (fictional).csv", string(year)[:4], table), Data: csvOf(rows[table]), YearEnding: year})
	}
	return files
}

func (p *person) anyEpisode(year date.Date) bool {
	for _, e := range p.episodes {
		if e.began <= year && (!e.ended.Known() || e.ended >= year.YearBegin()) {
			return true
		}
	}
	return false
}

// upnOr is the number, or the code for a child who was never in a school here.
func (p *person) upnOr(*World) string {
	if p.upn == "" {
		return "UN2"
	}
	return p.upn
}

// episodeRow is an episode as it was known at the end of the year: one that
// ended later runs on.
func (w *World) episodeRow(p *person, i int, year date.Date) []string {
	e := p.episodes[i]
	began, change, ended, reason := "S", "", "", ""
	if i > 0 {
		began = "P"
	}
	if e.ended.Known() && e.ended <= year {
		ended, reason = uk(e.ended), e.reason
		if reason == "X1" {
			change = "CARPL"
		}
	}
	home, place := "FN1 2AB", "FN1 4CD" // postcodes of nowhere: no area begins with FN
	if p.uasc {
		home, place = "", ""
	} else if i%3 == 2 {
		place = "QZ9 8YX"
	}
	return []string{p.id, uk(e.began), began, e.status, e.need, e.placement, e.provider, ended, reason, change, home, place, ""}
}

// reviews are two a year while in care, with how the child took part.
func (w *World) reviews(p *person, year date.Date) [][]string {
	var rows [][]string
	for on := p.episodes[0].began.AddDays(28); on <= year; on = on.AddDays(182) {
		if on < year.YearBegin() || !p.inCare(on, on) {
			continue
		}
		code := pick(w, []weighted[string]{{"PN1", 52}, {"PN2", 6}, {"PN3", 4}, {"PN4", 5}, {"PN5", 12}, {"PN6", 14}, {"PN7", 7}})
		if age, _ := p.born.AgeOn(on); age < 4 {
			code = "PN0"
		}
		rows = append(rows, []string{p.id, uk(p.born), uk(on), code})
	}
	return rows
}

// uk is a day as returns write it.
func uk(d date.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

// csvOf writes rows as returns write them: commas, lines ended by CR LF.
func csvOf(rows [][]string) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	if err := out.WriteAll(rows); err != nil { // a bytes.Buffer refuses nothing
		panic(fmt.Sprintf("fiction: write %s: %v", strings.Join(rows[0], ","), err))
	}
	return b.Bytes()
}
