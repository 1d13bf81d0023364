package fiction

import "stablefutures/internal/date"

// going invents who goes missing. In a year 10–11 % of looked-after children do;
// of trafficked children about a third (864 of 2,638, 32.8 %), on average seven
// to eight times.
func (w *World) going() {
	for _, p := range w.children {
		likely, often := 0.08, 2
		if p.exploited != nil {
			likely, often = 0.34, 8
		}
		for _, year := range []date.Date{w.lastYear, w.thisYear} {
			if w.chance(likely) {
				w.periods(p, year, w.between(1, 2*often-1))
			}
		}
	}
}

// periods adds times away within a year, one after another, while in care.
func (w *World) periods(p *person, year date.Date, n int) {
	from, to := year.YearBegin(), year
	first, last := p.episodes[0], p.episodes[len(p.episodes)-1]
	from = max(from, first.began)
	if last.ended.Known() {
		to = min(to, last.ended)
	}
	if from.DaysUntil(to) < 3*n {
		return
	}
	at := from
	for i := range n {
		began := w.day(at, from.AddDays(from.DaysUntil(to)*(i+1)/n-1))
		ended := began.AddDays(w.random.IntN(4))
		if ended > to {
			ended = to
		}
		at = ended.AddDays(1)
		p.missing = append(p.missing, period{pick(w, []weighted[string]{{"M", 0.8}, {"A", 0.2}}), began, ended})
		if at >= to {
			break
		}
	}
	if p.exploited != nil && year == w.thisYear && w.chance(0.12) { // not found by the year's end
		p.missing[len(p.missing)-1].ended, p.missing[len(p.missing)-1].code = "", "M"
	}
}
