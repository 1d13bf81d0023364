package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// caseloadView is what waits now, and the list of young people whom somebody follows.
type caseloadView struct {
	Waits     *waitsView // on the whole caseload alone
	Order     string
	Search    string
	Found     string // what was searched for and how many match; empty without a search
	All       *ui.Link
	Emergency *ui.Link   // where what was searched for was not found
	Show      *ui.Select // narrows the caseload; nothing on what was found
	Add       ui.Component
	Table     ui.Table
}

// caseloadOrders are the orders of the list: how it is named, and how the column
// that it belongs to is sorted.
var caseloadOrders = map[string]struct{ words, sorted string }{
	service.ByName:      {"by name", "ascending"},
	service.ByReference: {"by reference", "ascending"},
	service.ByAge:       {"the oldest first", "descending"},
	service.ByTalk:      {"who was talked with longest ago first", "ascending"},
	service.ByTalked:    {"who has talked about least first", "ascending"},
	service.ByWaiting:   {"who has waited longest first", "descending"},
	service.ByMissing:   {"who is missing first, the longest first", "ascending"},
}

// caseloadShows are what the caseload can be narrowed to, in words that fit both
// a choice and the list's caption.
var caseloadShows = []struct{ show, words string }{
	{service.ShowMissing, "missing now"},
	{service.ShowAsks, "asked for something, and nobody has answered"},
	{service.ShowLong, "waiting for a decision longer than is usual"},
	{service.ShowWaiting, "waiting for a decision"},
	{service.ShowSilent, "no conversation in the last six months"},
	{service.ShowNoWorker, "nobody works with them"},
}

func showWords(show string) string {
	for _, s := range caseloadShows {
		if s.show == show {
			return s.words
		}
	}
	return ""
}

// foundPage is the address under which what was searched for is kept: a name must
// not stand in an address, so that the address holds a random id.
const foundPage = "/caseload/found"

func (s *Server) showCaseload(r *http.Request, v *visit) (answer, error) {
	return s.caseload(r, v, "", nil)
}

// findInCaseload keeps what is searched for and leads to what is found.
func (s *Server) findInCaseload(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	order := orderOf(values)
	if find := strings.TrimSpace(values.Get("find")); find != "" {
		id := s.forms.put(v.owner(), foundPage, filled{values: url.Values{"find": {find}}})
		return redirect(ordered(foundPage+"/"+id, order, "")), nil
	}
	return redirect(ordered("/caseload", order, "")), nil
}

// showFound is who was found.
func (s *Server) showFound(r *http.Request, v *visit) (answer, error) {
	form, ok := s.forms.get(v.owner(), foundPage, r.PathValue("found"))
	if !ok {
		return s.caseload(r, v, "", []ui.Component{ui.Notice{Text: "What you searched for was kept for half an hour, and is gone now. Type it again."}})
	}
	return s.caseload(r, v, form.values.Get("find"), nil)
}

// backToCaseload answers for an address that a form is sent to.
func backToCaseload(*http.Request, *visit) (answer, error) { return redirect("/caseload"), nil }

func orderOf(values url.Values) string {
	if order := values.Get("order"); caseloadOrders[order].words != "" {
		return order
	}
	return service.ByName
}

// ordered is the address of a list in another order than by name.
func ordered(path, order, show string) string {
	query := url.Values{}
	if order != service.ByName {
		query.Set("order", order)
	}
	if show != "" {
		query.Set("show", show)
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func (s *Server) caseload(r *http.Request, v *visit, search string, notices []ui.Component) (answer, error) {
	asked := service.CaseloadQuery{Search: search, Order: orderOf(r.URL.Query())}
	if show := r.URL.Query().Get("show"); search == "" && showWords(show) != "" {
		asked.Show = show
	}
	list, err := s.service.CaseloadOf(r.Context(), v.actor, asked)
	if err != nil {
		return nil, err
	}
	path := "/caseload"
	if search != "" {
		path = r.URL.Path
	}
	view := caseloadView{Order: list.Order, Search: list.Search, Table: caseloadTable(list, v.actor, path)}
	switch {
	case search != "":
		view.Found = fmt.Sprintf("%s for “%s”.", ui.Count(len(list.Rows), "young person", "young people"), search)
		if len(list.Rows) == 0 {
			view.Found = fmt.Sprintf("Nobody was found for “%s”.", search)
			if v.actor.May(access.AskEmergency) {
				view.Emergency = &ui.Link{Text: "If it is an emergency, open the record by its reference or number", Href: emergencyPage}
			}
		}
		view.All = &ui.Link{Text: "Show the whole caseload", Href: "/caseload"}
	default:
		view.Show = caseloadShow(v.actor, list.Show)
		if list.Show == "" && v.actor.May(access.WriteRecord) {
			view.Waits = waitsOf(list, s.service.Today())
		}
	}
	if v.actor.May(access.AddChild) {
		view.Add = ui.Button{Text: "Add a young person", Href: "/records/new", Classes: ui.Secondary}
	}
	notices = append(doneNotice(r, map[string]string{"restricted-away": "The record is restricted to the people whom you named, and you are not among them."}), notices...)
	page := ui.Page{Title: "Caseload", Heading: caseloadHeading(v.actor), Nav: at("/caseload"), Notices: notices}
	return s.page(v, page, "caseload", view), nil
}

func caseloadHeading(actor service.Actor) string {
	switch {
	case !actor.May(access.WriteRecord):
		return "Records chosen for the inspection"
	case !seesAll(actor):
		return "Who you work with"
	}
	return "Who we work with"
}

// seesAll tells whether somebody sees more than the young people allocated to them.
func seesAll(actor service.Actor) bool {
	return access.Scope{Team: actor.Team, Reach: access.ReachOf(actor.Role, access.ReadRecord)}.Wide()
}

// caseloadShow offers what the caseload can be narrowed to.
func caseloadShow(actor service.Actor, show string) *ui.Select {
	list := ui.Select{ID: "show", Name: "show", Label: ui.Label{Text: "Show"}, Value: show, Items: []ui.Option{{Text: "everybody"}}}
	for _, one := range caseloadShows {
		if one.show != service.ShowNoWorker || seesAll(actor) {
			list.Items = append(list.Items, ui.Option{Value: one.show, Text: one.words})
		}
	}
	return &list
}

// caseloadTable lists the young people, with the workers' names for those who
// see more than their own.
func caseloadTable(list service.Caseload, actor service.Actor, path string) ui.Table {
	workers := seesAll(actor)
	column := func(text, order string, numeric bool) ui.Header {
		h := ui.Header{Text: text, Numeric: numeric}
		if list.Order == order {
			h.Sorted = caseloadOrders[order].sorted
		}
		if len(list.Rows) > 1 {
			h.Href = ordered(path, order, list.Show)
		}
		return h
	}
	table := ui.Table{
		ID: "cases", Caption: caseloadCaption(list), CaptionClasses: "govuk-table__caption--m", FirstIsHeader: true, Stack: true,
		Head: []ui.Header{
			column("Young person", service.ByName, false), column("Age", service.ByAge, true), column("Last conversation", service.ByTalk, false),
			column("Talked about", service.ByTalked, false), column("NRM", service.ByWaiting, false), column("Missing now", service.ByMissing, false),
		},
		Empty: caseloadEmpty(list, actor),
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

// quiet is the look of what is as it should be, so that the rest stands out.
const quiet = "sf-quiet"

func caseloadRow(row service.CaseloadRow, outcomes int) []ui.Cell {
	last := "none yet"
	if row.LastTalk.Known() {
		last = row.LastTalk.Short()
	}
	age := "not known"
	if row.Age >= 0 {
		age = strconv.Itoa(row.Age)
	}
	missing := ui.Cell{Text: "no", Classes: quiet}
	if row.Missing {
		missing = ui.Cell{Text: "since " + row.MissingOn.Short()}
	}
	return []ui.Cell{
		{Text: row.Reference, Href: recordPath(row.Record), Note: row.Name}, {Text: age, Numeric: true}, {Text: last},
		{Text: ui.Of(row.Talked, outcomes)}, {Text: nrmWords(row)}, missing,
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

func caseloadCaption(list service.Caseload) string {
	shown := list.Shown
	if list.Show != "" {
		shown += "; " + showWords(list.Show)
	}
	caption := fmt.Sprintf("%s: %d, %s", shown, len(list.Rows), caseloadOrders[list.Order].words)
	if list.More {
		caption += ". More match: find the others by reference or name"
	}
	return caption
}

func caseloadEmpty(list service.Caseload, actor service.Actor) string {
	all := seesAll(actor)
	switch {
	case list.Search != "" && all:
		return "Nobody matches. Check the spelling, or try the reference or the number in your case system. Somebody who is in no return can be added by hand."
	case list.Search != "":
		return "Nobody who is allocated to you matches. Check the spelling, or ask your manager whether the young person is allocated to you."
	case list.Show != "":
		return "There is nobody to show here. Choose to show everybody to see the whole caseload."
	case all:
		return "Nobody is followed here yet. Young people stand here once they are on the register, have a worker or have had a conversation, or were added by hand: find somebody by reference, name or number to begin."
	}
	if !actor.May(access.AddChild) {
		return "No record has been chosen for the inspection yet. A manager chooses, and allocates it to you."
	}
	return "Nobody is allocated to you yet. Your manager allocates young people; you can also add somebody who is in no return."
}

func orWords(text, orElse string) string {
	if text == "" {
		return orElse
	}
	return text
}
