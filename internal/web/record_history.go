package web

import (
	"net/http"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// historyView says who can open a record and why, and who has.
type historyView struct {
	Who ui.SummaryList
	Log ui.Table
}

func (s *Server) showHistory(r *http.Request, v *visit) (answer, error) {
	head, entries, names, err := s.service.History(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	view := historyView{Who: whoCanSee(head), Log: ui.Table{
		Caption:        ui.Count(len(entries), "entry", "entries") + ", the latest first",
		CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head:  []ui.Header{{Text: "When"}, {Text: "Who"}, {Text: "What"}},
		Empty: "Nobody has opened this record yet.",
	}}
	for _, e := range entries {
		who := orWords(names[e.Account], "The operator of the machine")
		view.Log.Rows = append(view.Log.Rows, []ui.Cell{{Text: s.moment(e.At)}, {Text: who}, {Text: strings.ToUpper(e.Act[:1]) + e.Act[1:]}})
	}
	return s.page(v, recordPage(head, partHistory, "Who can see this", "Who can see this record, and who has"), "history", view), nil
}

// whoCanSee says for each role whether it opens this record, and why.
func whoCanSee(head service.Head) ui.SummaryList {
	var list ui.SummaryList
	for _, role := range access.Roles {
		row := ui.SummaryRow{Key: role.Label()}
		switch access.ReachOf(role, access.ReadRecord) {
		case access.Authority:
			row.Value = "Yes, all of them: they answer for the whole caseload"
		case access.Allocated:
			row.Value = "Nobody: no worker has this young person yet"
			if len(head.Workers) > 0 {
				row.Value = joinWords(workerNames(head)) + ", because the young person is allocated to them"
			}
		default:
			row.Value = "No"
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}
