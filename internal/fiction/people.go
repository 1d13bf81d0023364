package fiction

import (
	"fmt"

	"stablefutures/internal/date"
)

// person is an invented young person.
type person struct {
	id        string // the council's number
	name      string
	born      date.Date
	sex       string // M or F
	ethnicity string
	upn       string

	episodes []episode
	missing  []period
	ceased   bool // looked after no more

	uasc        bool
	uascCeased  date.Date // 18th birthday, as returns give it
	nationality string
	language    string

	exploited *exploitation // nil for most
	factors   []string      // of the last assessment
	assessed  date.Date
}

type episode struct {
	began, ended date.Date
	status       string // legal status
	placement    string
	provider     string
	need         string
	reason       string // REC; empty while it runs
}

type period struct {
	code         string // M or A
	began, ended date.Date
}

// origin is where an unaccompanied child comes from.
type origin struct{ nationality, language, ethnicity string }

// origins of unaccompanied children, in about the order of the Home Office's
// figures for 2024.
var origins = []weighted[origin]{
	{origin{"Albania", "Albanian", "WOTH"}, 15}, {origin{"Vietnam", "Vietnamese", "AOTH"}, 16},
	{origin{"Eritrea", "Tigrinya", "BAFR"}, 16}, {origin{"Sudan", "Arabic", "BAFR"}, 18},
	{origin{"Afghanistan", "Pashto", "AOTH"}, 14}, {origin{"Iran", "Kurdish (Sorani)", "OOTH"}, 10},
	{origin{"Ethiopia", "Amharic", "BAFR"}, 6}, {origin{"Syria", "Arabic", "OOTH"}, 5},
}

// people invents who is or was looked after in the last three years.
func (w *World) people() {
	from := w.lastYear.AddMonths(-36)
	wanted := w.opt.Children * 5 / 2 // enough arrivals that about Children are looked after in a year
	for i := range wanted {
		p := w.somebody(i)
		w.episodesOf(p, w.day(from, w.opt.Today.AddMonths(-1)))
		if last := p.episodes[len(p.episodes)-1]; last.ended.Known() && last.ended < w.lastYear.YearBegin() {
			continue // left before the first year told here
		}
		w.children = append(w.children, p)
		if w.lookedAfter(w.thisYear) >= w.opt.Children {
			break
		}
	}
}

// lookedAfter counts the children with an episode running in a year. It is kept
// as a running count by people's loop being short; worlds are small.
func (w *World) lookedAfter(year date.Date) int {
	n := 0
	for _, p := range w.children {
		if p.inCare(year.YearBegin(), year) {
			n++
		}
	}
	return n
}

// inCare tells whether an episode other than a short break ran at some time from
// one day to another.
func (p *person) inCare(from, to date.Date) bool {
	for _, e := range p.episodes {
		if e.began <= to && (!e.ended.Known() || e.ended >= from) && e.status != "V3" && e.status != "V4" {
			return true
		}
	}
	return false
}

// somebody invents one young person. About 8 % of looked-after children are
// unaccompanied (England, 31 March 2025: 6,540 of about 82,000).
func (w *World) somebody(i int) *person {
	p := &person{id: fmt.Sprintf("%06d", 400000+i*7+w.between(0, 6)), sex: pick(w, []weighted[string]{{"M", 0.56}, {"F", 0.44}})}
	if w.chance(0.085) {
		w.unaccompanied(p)
		return p
	}
	p.born = w.opt.Today.AddMonths(-w.between(14, 17*12)).AddDays(-w.between(0, 27))
	p.ethnicity = pick(w, []weighted[string]{{"WBRI", 70}, {"WOTH", 4}, {"MWBC", 4}, {"MOTH", 3}, {"BCRB", 3}, {"BAFR", 5}, {"APKN", 3}, {"ABAN", 2}, {"AOTH", 3}, {"WROM", 2}, {"OOTH", 1}})
	p.name = w.name(p.sex, "")
	p.nationality, p.language = "United Kingdom", "English"
	p.upn = w.upn()
	return p
}

func (w *World) unaccompanied(p *person) {
	from := pick(w, origins)
	p.uasc, p.nationality, p.language, p.ethnicity = true, from.nationality, from.language, from.ethnicity
	p.sex = pick(w, []weighted[string]{{"M", 0.94}, {"F", 0.06}})
	p.born = w.opt.Today.AddMonths(-w.between(15*12, 18*12+6)).AddDays(-w.between(0, 27))
	if w.chance(0.3) { // the day is often estimated
		p.born = date.Date(string(p.born)[:4] + "-01-01")
	}
	p.uascCeased = p.born.AddMonths(18 * 12)
	p.name = w.name(p.sex, from.language)
}

// upn is a number in the form of a unique pupil number; its letter is one that
// no real number has.
func (w *World) upn() string { return fmt.Sprintf("X%012d", w.random.Int64N(1_000_000_000_000)) }

// episodesOf invents a stay in care from a day on: one to four placements.
func (w *World) episodesOf(p *person, began date.Date) {
	if began < p.born {
		began = p.born.AddDays(w.between(1, 200))
	}
	need := pick(w, []weighted[string]{{"N1", 64}, {"N2", 3}, {"N3", 4}, {"N4", 8}, {"N5", 14}, {"N6", 2}, {"N8", 3}})
	status := pick(w, []weighted[string]{{"C2", 55}, {"C1", 20}, {"V2", 22}, {"E1", 3}})
	if p.uasc {
		need, status = "N8", "V2"
	}
	if w.chance(0.015) && !p.uasc {
		status = "V4" // a short break: not counted as looked after
	}
	leaves := began.AddDays(w.between(60, 2400))
	if born18 := p.born.AddMonths(18 * 12); leaves > born18 {
		leaves = born18
	}
	for moves := w.between(1, 3); ; moves-- {
		e := episode{began: began, status: status, need: need, placement: w.placement(p, began), provider: pick(w, []weighted[string]{{"PR1", 50}, {"PR4", 42}, {"PR5", 8}})}
		next := began.AddDays(w.between(40, 700))
		if moves == 0 || next >= leaves {
			next = leaves
		}
		if next < w.opt.Today {
			e.ended, e.reason = next, "X1"
		}
		if next == leaves && e.ended.Known() {
			e.reason = pick(w, []weighted[string]{{"E4A", 30}, {"E5", 20}, {"E46", 12}, {"E11", 10}, {"E8", 20}, {"E41", 8}})
			p.ceased = true
		}
		p.episodes = append(p.episodes, e)
		if !e.ended.Known() || p.ceased {
			return
		}
		began = next
	}
}

// placement is where somebody lives from a day on: registered supported
// accommodation (K3) took the place of H5 in 2024/25.
func (w *World) placement(p *person, on date.Date) string {
	if age, ok := p.born.AgeOn(on); ok && age >= 16 {
		return pick(w, []weighted[string]{{"K3", 55}, {"U6", 25}, {"K2", 20}})
	}
	return pick(w, []weighted[string]{{"U6", 48}, {"U1", 16}, {"U4", 10}, {"K2", 14}, {"P1", 9}, {"A5", 3}})
}
