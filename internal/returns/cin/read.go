// Package cin reads the children in need census: its XML of the years 2021 to
// 2026. Each Child element becomes one row with all its facts: who the child is,
// referrals, assessments with their factors, plans, enquiries, pre-proceedings.
//
// It writes nothing and knows no database. The census holds no postcode and no
// worker's name; elements that it does not define are left out unread.
package cin

import (
	"fmt"
	"regexp"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/xmlscan"
)

// Kind is the one table of the census. It is stored.
const Kind table.Kind = "cin-census"

// Root is the name of the census's root element.
const Root = "Message"

// sheet is the path of the elements that are the rows.
const sheet = "Message/Children/Child"

// Read reads a census. Row numbers count the Child elements. The error is a
// *table.Unrecognised: nothing is taken from a file that breaks off, that is
// another collection, or that mixes two authorities.
func Read(name string, data []byte, opt table.Options) (table.Table, error) {
	r := &reader{
		out:   &table.Table{File: name, Kind: Kind, Sheet: sheet},
		today: opt.Today, readAs: map[table.ReadAs]int{}, seen: map[string][]int{}, unknown: map[string]bool{},
	}
	r.scan.reader = r
	err := xmlscan.Walk(data, &r.scan)
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return table.Table{}, &table.Unrecognised{Name: name, Message: xmlscan.Sentence(err)}
	}
	r.out.Problems = r.log.Problems()
	return *r.out, nil
}

type reader struct {
	scan  scan
	out   *table.Table
	log   table.Log
	today date.Date

	header   *node
	children int
	number   int                  // ordinal of the Child being read; 0 outside
	readAs   map[table.ReadAs]int // place in out.ReadAs, by the entry without its count
	seen     map[string][]int     // places in out.Rows of each child
	unknown  map[string]bool      // elements told of already
}

var threeDigits = regexp.MustCompile(`^[0-9]{3}$`)

// end reads the header, when all sources of the file are known.
func (r *reader) end() error {
	r.number = 0
	if r.header == nil {
		r.header = &node{}
		r.tell("Header", "missing-header", "The census has no header: say which authority and which year it is of when importing.")
	}
	if got := r.header.text("CollectionDetails", "Collection"); got != "" && !strings.EqualFold(got, "CIN") {
		return fmt.Errorf("the header says that this is another collection than the children in need census (CIN): %s. Choose the census file", shown.Within(got))
	}
	for _, source := range r.header.all("Source") {
		for _, lea := range source.all("LEA") {
			switch {
			case !threeDigits.MatchString(lea.own):
				r.tell("LEA", "unknown-authority", "The authority's number is not three digits: say which authority the file is of when importing.")
			case r.out.Authority != "" && r.out.Authority != lea.own:
				return fmt.Errorf("the header names two authorities, %s and %s: a census is of one, so export it again for each", r.out.Authority, lea.own)
			default:
				r.out.Authority = lea.own
			}
		}
	}
	r.year()
	if r.children > 0 {
		return nil
	}
	// A census may come to hold nobody, and then takes the place of the one before;
	// other files have the same root, and say nothing.
	if !strings.EqualFold(r.header.text("CollectionDetails", "Collection"), "CIN") || !r.out.YearEnding.Known() {
		return fmt.Errorf("the census holds no Child element: export it again")
	}
	r.tell("Child", "no-rows", "The census holds no child. A census that holds nobody takes the place of what was read before for its year: if children are missing, export it again.")
	return nil
}

// year tells which year the census is of. The year named wins over the reference
// date, because files with the reference date of the day of export are common.
func (r *reader) year() {
	details := r.header.all("CollectionDetails")
	if len(details) == 0 {
		return
	}
	named, reference := details[0].text("Year"), details[0].text("ReferenceDate")
	day, ok := parseDay(reference)
	if reference != "" && !ok {
		r.tell("ReferenceDate", "impossible-date", "The reference date is no day: it should be 31 March, written as 2026-03-31.")
	}
	if ending, ok := parseDay(named + "-03-31"); ok {
		r.out.YearEnding = ending
	} else {
		r.out.YearEnding = day.YearEnding()
		if named != "" {
			r.tell("Year", "impossible-date", "The year in the header is no year: it should be written as 2026.")
		}
	}
	if day.Known() && day != r.out.YearEnding {
		r.tell("ReferenceDate", "reference-date", fmt.Sprintf("The reference date is %s, but a census of that header is as at %s: it is read as of %s. Check the header.", day.Long(), r.out.YearEnding.Long(), r.out.YearEnding.Long()))
	}
}

// tell notes something of the Child being read, or of the whole file.
func (r *reader) tell(element, code, message string) {
	r.log.Add(table.Problem{Sheet: sheet, Row: r.number, Column: element, Code: code, Message: message})
}

// observed counts a value that is read as something else than it says. The value
// is one that may be shown.
func (r *reader) observed(element, text, takenAs string) {
	key := table.ReadAs{Column: element, Observed: text, TakenAs: takenAs}
	place, ok := r.readAs[key]
	if !ok && len(r.readAs) > table.MostReadAs {
		key.Observed, key.TakenAs = table.MoreValues, table.NotListed
		place, ok = r.readAs[key]
	}
	if !ok {
		place = len(r.out.ReadAs)
		r.readAs[key] = place
		r.out.ReadAs = append(r.out.ReadAs, key)
	}
	r.out.ReadAs[place].Count++
}

func (r *reader) setAside(element, code, message string) {
	r.out.RowsSetAside++
	r.log.Add(table.Problem{Sheet: sheet, Row: r.number, Column: element, Code: code, Message: message, SetAside: true})
}

func (r *reader) take(row care.Row) {
	r.out.RowsTaken++
	r.out.Rows = append(r.out.Rows, row)
}
