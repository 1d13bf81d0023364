package web

import (
	"net/http"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// historyView says who can open a record and why, and who has.
type historyView struct {
	Who      ui.Table
	Agencies ui.Table
	Note     string
	Log      ui.Table
	Asks     []ui.Link // what two people could decide about it
}

func (s *Server) showHistory(r *http.Request, v *visit) (answer, error) {
	trail, err := s.service.History(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	view := historyView{Who: whoCanSee(trail), Agencies: s.agenciesTable(trail), Log: ui.Table{
		Caption:        ui.Count(len(trail.Log), "time", "times") + " somebody opened or changed it" + ui.LatestFirst(len(trail.Log)),
		CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head:  []ui.Header{{Text: "When"}, {Text: "Who"}, {Text: "What"}},
		Empty: "Nobody has opened this record yet.",
	}}
	view.Note = "Everybody else who works here is refused, and is not told whether there is such a record."
	if trail.Restricted {
		view.Note = "This record is restricted to the people whom the restriction names. " + view.Note
	}
	if v.actor.May(access.AskDecision) {
		if trail.Restricted {
			view.Asks = append(view.Asks, ui.Link{Text: "Lift the restriction", Href: askPath(store.DecideLift, trail.Head.Record)})
		}
		view.Asks = append(view.Asks, ui.Link{Text: "Erase this record", Href: askPath(store.DecideErase, trail.Head.Record)})
	}
	for _, e := range trail.Log {
		who := orWords(trail.Accounts[e.Account], byNoAccount(e.Act))
		view.Log.Rows = append(view.Log.Rows, []ui.Cell{{Text: s.moment(e.At), Note: "entry " + ui.Number(int(e.Number)) + " of the log"}, {Text: who}, {Text: actWords(e.Act)}})
	}
	return s.page(v, recordPage(trail.Head, partHistory, "Who can see this", "Who can see this record, and who has"), "history", view), nil
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
	"type in what was said on paper":          "Typed in what was said on paper",
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
	"read restriction":                        "Opened to whom the record is restricted",
	"give to team":                            "Gave the young person to a team",
	"restrict record":                         "Restricted the record to named people",
	"restriction without a manager":           "The council took away what the last manager who is named may do: nobody can change the names",
	"name in restriction":                     "Named somebody who may open the restricted record",
	"take out of restriction":                 "Took somebody off who could open the restricted record",
	"open in an emergency":                    "Opened the record in an emergency, for three hours",
	"end emergency access":                    "Ended what they had opened in an emergency",
	"review emergency: right":                 "Reviewed what was opened in an emergency, and found it right",
	"review emergency: wrong":                 "Reviewed what was opened in an emergency, and found it wrong",
	"ask to erase":                            "Asked for the record to be erased",
	"agree to erase":                          "Agreed to the record being erased",
	"refuse to erase":                         "Said no to the record being erased",
	"no longer ask to erase":                  "Took back that they had asked for the record to be erased",
	"ask to lift restriction":                 "Asked for the restriction to be lifted",
	"agree to lift restriction":               "Agreed to the restriction being lifted",
	"refuse to lift restriction":              "Said no to the restriction being lifted",
	"no longer ask to lift restriction":       "Took back that they had asked for the restriction to be lifted",
	"lift restriction":                        "Lifted the restriction",
	"read consent":                            "Opened what the young person agreed to",
	"record consent":                          "Wrote down what the young person agreed to, or another basis",
	"withdraw consent":                        "Took back a consent, or said that a basis applies no longer",
	"share":                                   "Shared a section with another agency",
	"end share":                               "Ended what was shared with another agency",
	"read what is shared":                     "Opened the section that is shared with their agency",
	"list what is shared":                     "Saw the young person in the list of what is shared with their agency",
	"send an alert":                           "Said on their own page that they are not safe",
	"tell of an alert":                        "Somebody was told that the young person is not safe",
	"see an alert":                            "Read that the young person is not safe",
	"acknowledge an alert":                    "Told the young person that they have it",
	"change the answer to an alert":           "Told the young person what they do now",
	"close an alert":                          "Ended the alert, and said what was done",
	"see that there is an alert of a restricted record":      "Was told that there is an alert, and not whose",
	"take an alert back from an account that may not answer": "Passed the alert on from an account that may not answer any more",
	"say records differ":                    "Said that another record is somebody else",
	"read asked for and answered":           "Opened what the young person asked for, and the plan",
	"write to their own page":               "Wrote something that the young person reads on their own page",
	"say something on their own page":       "Said something on their own page",
	"look at their own page":                "Looked at their own page",
	"withdraw consent on their own page":    "Took back what they had agreed to, on their own page",
	"open their own page":                   "Opened their own page",
	"leave their own page":                  "Left their own page",
	choosesOwn:                              "Chose the language, or how their own page is shown",
	"remember a device":                     "Let a device be remembered, which opens their own page",
	"forget a device":                       "Ended that a device is remembered",
	wrongPictures:                           "Chose wrong pictures on a device that is remembered",
	lastWrongPictures:                       "Chose wrong pictures for the last time: the device is cut off",
	"give a code for their own page":        "Showed a code for their own page",
	"print a code for their own page":       "Printed a code for their own page",
	"hand the tablet over":                  "Handed a tablet over, with their own page open",
	"take back the codes of their own page": "Took back the codes for their own page",
	"end the sessions of their own page":    "Ended the sessions on their own page",
	"cut a device off":                      "Cut off a device that was remembered",
}

// Acts on a young person's own page that are told apart by name.
const (
	choosesOwn        = "choose how their own page is shown"
	wrongPictures     = "wrong pictures on a device"
	lastWrongPictures = "cut a device off after wrong pictures"
)

// actWords is an act of the log as people say it; one that has no words yet
// stands as it is kept.
func actWords(act string) string {
	return orWords(actsInWords[act], strings.ToUpper(act[:1])+act[1:])
}

// byNoAccount is who did something without an account: the young person themselves, whoever
// had a device of theirs and did not know its pictures, or whoever has the machine.
func byNoAccount(act string) string {
	switch act {
	case "end share", "send an alert", choosesOwn, "remember a device", "forget a device":
		return "The young person"
	case wrongPictures, lastWrongPictures:
		return "Whoever had the young person’s device"
	}
	if strings.HasSuffix(act, "their own page") {
		return "The young person"
	}
	return "The operator of the machine"
}

// whoCanSee names everybody who can open this record, and why.
func whoCanSee(t service.Trail) ui.Table {
	table := ui.Table{
		Caption: ui.Count(len(t.Viewers), "person", "people") + " can open this record now", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "Who"}, {Text: "What they are"}, {Text: "Why"}}, Empty: "Nobody can open this record.",
	}
	for _, v := range t.Viewers {
		table.Rows = append(table.Rows, []ui.Cell{{Text: v.Name}, {Text: v.Role.Label()}, {Text: whyWords[v.Why]}})
	}
	return table
}

// whyWords are the reasons for which somebody can open a record.
var whyWords = map[access.Why]string{
	access.ByAllocation: "The young person is allocated to them",
	access.ByEmergency:  "They opened it in an emergency, which ends by itself",
	access.ByTeam:       "They are in the young person’s team",
	access.ByAllTeams:   "They answer for all teams",
	access.ByAuthority:  "Their role opens all records",
}
