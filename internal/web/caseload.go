package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// caseloadView is the list of young people whom somebody follows.
type caseloadView struct {
	Order  string
	Search string
	Found  string // what was searched for and how many match; empty without a search
	All    *ui.Link
	Add    ui.Component
	Table  ui.Table
}

// caseloadOrders are the orders of the list: how it is named, and how the column
// that it belongs to is sorted.
var caseloadOrders = map[string]struct{ words, sorted string }{
	service.ByName:      {"by name", "ascending"},
	service.ByReference: {"by reference", "ascending"},
	service.ByTalk:      {"who was talked with longest ago first", "ascending"},
	service.ByWaiting:   {"who has waited longest first", "descending"},
}

func (s *Server) showCaseload(r *http.Request, v *visit) (answer, error) {
	return s.caseload(r, v, "", r.URL.Query().Get("order"))
}

// findInCaseload answers a search. It is a form that is posted, because a name
// must not stand in an address.
func (s *Server) findInCaseload(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	return s.caseload(r, v, strings.TrimSpace(values.Get("find")), values.Get("order"))
}

func (s *Server) caseload(r *http.Request, v *visit, search, order string) (answer, error) {
	if _, ok := caseloadOrders[order]; !ok {
		order = service.ByName
	}
	list, err := s.service.Caseload(r.Context(), v.actor, search, order)
	if err != nil {
		return nil, err
	}
	view := caseloadView{Order: order, Search: search, Table: caseloadTable(list, v.actor)}
	if search != "" {
		view.Found = fmt.Sprintf("%s for “%s”.", ui.Count(len(list.Rows), "young person", "young people"), search)
		view.All = &ui.Link{Text: "Show the whole caseload", Href: "/caseload"}
	}
	if v.actor.May(access.AddChild) {
		view.Add = ui.Button{Text: "Add a young person", Href: "/records/new"}
	}
	page := ui.Page{Title: "Caseload", Heading: caseloadHeading(v.actor), Nav: at("/caseload")}
	return s.page(v, page, "caseload", view), nil
}

func caseloadHeading(actor service.Actor) string {
	if access.ReachOf(actor.Role, access.ReadRecord) == access.Allocated {
		return "Who you work with"
	}
	return "Who we work with"
}

// caseloadTable lists the young people, with the workers' names for those who
// see more than their own.
func caseloadTable(list service.Caseload, actor service.Actor) ui.Table {
	workers := access.ReachOf(actor.Role, access.ReadRecord) == access.Authority
	table := ui.Table{
		ID: "cases", Caption: caseloadCaption(list), CaptionClasses: "govuk-table__caption--m", FirstIsHeader: true, Stack: true,
		Head: []ui.Header{
			orderedBy(list, "Young person", service.ByName), {Text: "Age", Numeric: true}, orderedBy(list, "Last conversation", service.ByTalk),
			{Text: "Talked about"}, orderedBy(list, "NRM", service.ByWaiting), {Text: "Missing now"},
		},
		Empty: caseloadEmpty(list, workers),
	}
	if workers {
		table.Head = append(table.Head, ui.Header{Text: "Workers"})
	}
	for _, row := range list.Rows {
		cells := caseloadRow(row, list.Outcomes)
		if workers {
			cells = append(cells, ui.Cell{Text: orWords(joinWords(row.Workers), "nobody yet")})
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func caseloadRow(row service.CaseloadRow, outcomes int) []ui.Cell {
	last := "none yet"
	if row.LastTalk.Known() {
		last = row.LastTalk.Short()
	}
	age := "not known"
	if row.Age >= 0 {
		age = strconv.Itoa(row.Age)
	}
	missing := "no"
	if row.Missing {
		missing = "since " + row.MissingOn.Short()
	}
	return []ui.Cell{
		{Text: row.Reference, Href: recordPath(row.Record), Note: row.Name}, {Text: age, Numeric: true}, {Text: last},
		{Text: ui.Of(row.Talked, outcomes)}, {Text: nrmWords(row)}, {Text: missing},
	}
}

func nrmWords(row service.CaseloadRow) string {
	switch {
	case row.Clock != "":
		return row.Clock
	case row.Registered:
		return strings.ToLower(row.Stage.Label()[:1]) + row.Stage.Label()[1:]
	}
	return "not on the register"
}

// orderedBy is the head of a column that orders the list. What was searched for
// cannot stand in an address, so found lists keep their order.
func orderedBy(list service.Caseload, text, order string) ui.Header {
	h := ui.Header{Text: text}
	if list.Order == order {
		h.Sorted = caseloadOrders[order].sorted
	}
	if list.Search == "" && len(list.Rows) > 1 {
		h.Href = "/caseload?order=" + order
	}
	return h
}

func caseloadCaption(list service.Caseload) string {
	caption := fmt.Sprintf("%s: %d, %s", list.Shown, len(list.Rows), caseloadOrders[list.Order].words)
	if list.More {
		caption += ". More match: find the others by reference or name"
	}
	return caption
}

func caseloadEmpty(list service.Caseload, all bool) string {
	switch {
	case list.Search != "" && all:
		return "Nobody matches. Check the spelling, or try the reference or the number in your case system. Somebody who is in no return can be added by hand."
	case list.Search != "":
		return "Nobody who is allocated to you matches. Check the spelling, or ask your manager whether the young person is allocated to you."
	case all:
		return "Nobody is followed here yet. Young people stand here once they are on the register, have a worker or have had a conversation: find somebody by reference, name or number to begin."
	}
	return "Nobody is allocated to you yet. Your manager allocates young people; you can also add somebody who is in no return."
}

func orWords(text, orElse string) string {
	if text == "" {
		return orElse
	}
	return text
}
