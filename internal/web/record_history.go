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
		Caption:        ui.Count(len(entries), "time", "times") + " somebody opened or changed it" + ui.LatestFirst(len(entries)),
		CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head:  []ui.Header{{Text: "When"}, {Text: "Who"}, {Text: "What"}},
		Empty: "Nobody has opened this record yet.",
	}}
	for _, e := range entries {
		who := orWords(names[e.Account], "The operator of the machine")
		view.Log.Rows = append(view.Log.Rows, []ui.Cell{{Text: s.moment(e.At), Note: "entry " + ui.Number(int(e.Number)) + " of the log"}, {Text: who}, {Text: actWords(e.Act)}})
	}
	return s.page(v, recordPage(head, partHistory, "Who can see this", "Who can see this record, and who has"), "history", view), nil
}

// actsInWords are what the log of a record holds, as people say it.
var actsInWords = map[string]string{
	"read record":                             "Opened the record",
	"read register":                           "Opened the register entry",
	"read identity":                           "Opened who the young person is",
	"read allocation":                         "Opened who works with the young person",
	"read history":                            "Opened this page",
	"read outcomes":                           "Opened the outcomes",
	"read conversation":                       "Opened a conversation",
	"begin conversation":                      "Began a conversation",
	"record reading":                          "Wrote down what was said",
	"change register":                         "Changed the register entry",
	"change who the young person is":          "Corrected who the young person is",
	"allocate":                                "Changed who works with the young person",
	"add young person":                        "Added the young person",
	"write in a conversation":                 "Wrote in a conversation",
	"read likely match":                       "Looked at whether another record is this young person",
	"end allocation":                          "A link ended that somebody had this young person by having added them",
	"compare with a young person to be added": "Asked whether somebody to be added is this young person",
	"link records":                            "Said that two records are this one young person",
	"undo link":                               "Took back that two records are one young person",
	"say records differ":                      "Said that another record is somebody else",
}

// actWords is an act of the log as people say it; one that has no words yet
// stands as it is kept.
func actWords(act string) string {
	return orWords(actsInWords[act], strings.ToUpper(act[:1])+act[1:])
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
