package web

import (
	"fmt"
	"net/http"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// recordView is a young person's record: what they said last, what waits, the
// times they were missing, the story, and who they are.
type recordView struct {
	Start   ui.Component
	Another *ui.Link // where a conversation of today can be gone on with
	Paper   *ui.Link // on paper
	Talked  string
	Said    []lastWordsView
	Own     ownGivenView
	Waiting ui.SummaryList
	Decided ui.SummaryList
	Missing missingView
	Story   storyView
	Who     ui.SummaryList
	Links   []ui.Link
}

// lastWordsView is one thing in the young person's own words.
type lastWordsView struct{ Words, About, When string }

// recordDone says what was just done to the record. Who adds a young person for
// others is told to allocate them.
func recordDone(r *http.Request, head service.Head) []ui.Component {
	added := "The young person has been added."
	if len(head.Workers) == 0 && head.May(access.Allocate) {
		added += " Nobody works with them yet: allocate them to a worker, at the end of this page."
	}
	return doneNotice(r, map[string]string{
		"identity": "Who the young person is has been corrected.",
		"workers":  "The workers are kept.",
		"added":    added,
	})
}

func (s *Server) showRecord(r *http.Request, v *visit) (answer, error) {
	record, err := s.service.Record(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	view := recordView{
		Talked: talkedLine(record), Said: saidLast(record), Own: ownGiven(record), Waiting: whatWaits(record), Decided: whatIsDecided(record),
		Missing: s.missing(record), Story: s.story(record), Who: s.whoTheyAre(record), Links: recordLinks(record.Head),
	}
	if record.MayWrite {
		view.Paper = &ui.Link{Text: "Cards and answer sheets on paper", Href: paperPath(record.Head.Record)}
		view.Start = ui.Button{Text: "Start a conversation", Href: recordPath(record.Head.Record) + "/talk", Start: true}
		if today, ok := talkOfToday(record, v.actor.Account); ok {
			view.Start = ui.Button{Text: "Go on with today’s conversation", Href: talkPath(today), Start: true}
			view.Another = &ui.Link{Text: "Start another conversation", Href: recordPath(record.Head.Record) + "/talk"}
		}
	}
	page := recordPage(record.Head, partRecord, "Record", "How things stand for "+orWords(record.Head.Name, record.Head.Reference))
	page.Lead = underHeading(record.Head)
	page.Notices = append(recordDone(r, record.Head), page.Notices...)
	page.Edition = editionNotice(record.Edition)
	return s.page(v, page, "record", view), nil
}

// talkOfToday is the conversation that this person began last and that was held today.
func talkOfToday(r service.Record, account string) (id string, ok bool) {
	for _, t := range r.Talks { // the latest first
		if t.Account == account && t.HeldOn == r.Today && t.How == conversation.InTalk {
			return t.ID, true
		}
	}
	return "", false
}

// editionNotice is what must show wherever an edition's words show.
func editionNotice(e *framework.Edition) string {
	text, _ := e.NoticeIn(pageLanguage)
	return text
}

func talkedLine(r service.Record) string {
	if len(r.Talks) == 0 {
		return "No conversation yet."
	}
	return fmt.Sprintf("%s, the last on %s. Talked about: %s outcomes.",
		ui.Count(len(r.Talks), "conversation", "conversations"), r.Talks[0].HeldOn.Long(), ui.Of(r.Talked, r.Outcomes))
}

func saidLast(r service.Record) []lastWordsView {
	list := make([]lastWordsView, 0, len(r.Words))
	for _, w := range r.Words {
		about := ""
		if w.Edition != nil {
			about, _, _ = w.Edition.Text(w.Asked, framework.YoungPerson, pageLanguage)
		}
		list = append(list, lastWordsView{Words: w.Words.Words, About: orWords(about, "An indicator of an edition that is no longer here"), When: w.SaidOn.Long()})
	}
	return list
}

// whatWaits are the clocks that run: an NRM decision, a guardian.
func whatWaits(r service.Record) ui.SummaryList {
	var list ui.SummaryList
	if r.Clock != "" {
		what, days, _ := r.Entry.Waiting(r.Today)
		list.Rows = append(list.Rows, ui.SummaryRow{Key: "NRM", Value: upper(r.Clock),
			Note: sinceWords[what] + r.Today.AddDays(-days).Long()})
	}
	asked := r.Entry.Day(register.FieldGuardianRequestedOn)
	if r.Entry[register.FieldGuardian] == register.GuardianRequested {
		row := ui.SummaryRow{Key: "Guardian", Value: "Waiting for a guardian", Note: "The day of the request is not recorded"}
		if asked.Known() {
			row.Value = "Waiting " + ui.Count(asked.DaysUntil(r.Today), "day", "days") + " for a guardian"
			row.Note = "Requested on " + asked.Long()
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}

var sinceWords = map[string]string{
	register.WaitReasonable: "Since the referral on ", register.WaitConclusive: "Since the reasonable grounds decision on ",
}

// whatIsDecided is what the register says beside what is waited for: where the
// referral stands, each decision with its day, the guardian, the exploitation.
func whatIsDecided(r service.Record) ui.SummaryList {
	entry := ui.SummaryRow{Key: "Register", Value: "Not on the register", Actions: registerActions(r)}
	if r.Entry == nil {
		return ui.SummaryList{Rows: []ui.SummaryRow{entry}}
	}
	entry.Value, entry.Note = orWords(fieldWords(r.Entry, register.FieldState), "State not recorded"), registerNote(r)
	list := ui.SummaryList{Rows: []ui.SummaryRow{entry}}
	for _, d := range []struct{ field, on string }{
		{register.FieldReasonableGrounds, register.FieldReasonableGroundsOn}, {register.FieldConclusiveGrounds, register.FieldConclusiveGroundsOn},
	} {
		if decided := r.Entry[d.field]; decided != "" && decided != register.Undecided {
			f, _ := register.FieldByID(d.field)
			list.Rows = append(list.Rows, ui.SummaryRow{Key: f.Label, Value: f.Words(decided), Note: onWords(r.Entry.Day(d.on))})
		}
	}
	if closed := r.Entry.Day(register.FieldClosedOn); closed.Known() {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: "Referral closed", Value: orWords(fieldWords(r.Entry, register.FieldClosedReason), "Reason not recorded"), Note: onWords(closed)})
	}
	if r.Entry[register.FieldGuardian] != register.GuardianRequested {
		row := ui.SummaryRow{Key: "Guardian", Value: orWords(fieldWords(r.Entry, register.FieldGuardian), "Not recorded")}
		if came := r.Entry.Day(register.FieldGuardianAllocatedOn); came.Known() {
			row.Note = "Allocated on " + came.Long()
		}
		list.Rows = append(list.Rows, row)
	}
	list.Rows = append(list.Rows, ui.SummaryRow{Key: "Exploitation", Value: r.Entry.TypeLabel()})
	return list
}

// registerActions lead to the entry for who may write it; others have its tab.
func registerActions(r service.Record) []ui.Action {
	action := ui.Action{Text: "Change", About: "the register entry", Href: recordPath(r.Head.Record) + partRegister}
	switch {
	case !r.MayWrite:
		return nil
	case r.Entry == nil:
		action.Text, action.About = "Add", "a register entry"
	}
	return []ui.Action{action}
}

// fieldWords is a field of an entry as people read it.
func fieldWords(e register.Entry, id string) string {
	f, _ := register.FieldByID(id)
	return f.Words(e[id])
}

func onWords(day date.Date) string {
	if !day.Known() {
		return "The day is not recorded"
	}
	return "On " + day.Long()
}

// registerNote is where the entry that holds now comes from.
func registerNote(r service.Record) string {
	for _, v := range r.Register {
		if len(register.Diff(v.Entry, r.Entry)) == 0 {
			return "Register, " + enteredBy(v, r.Accounts)
		}
	}
	return ""
}

// enteredBy is who recorded a version of the register, and when.
func enteredBy(v store.RegisterVersion, accounts map[string]string) string {
	if v.Source != child.ByHand {
		return "from a register file"
	}
	return "entered by " + accounts[v.RecordedBy]
}

// recordLinks are what else this person may do to this record.
func recordLinks(head service.Head) []ui.Link {
	path := recordPath(head.Record)
	var links []ui.Link
	if head.May(access.WriteRecord) {
		links = append(links, ui.Link{Text: "Correct who the young person is", Href: path + "/identity"})
	}
	if head.May(access.Allocate) {
		links = append(links, ui.Link{Text: "Allocate to workers", Href: path + "/workers"})
	}
	if head.May(access.Restrict) {
		text := "Restrict to named people"
		if head.Restricted {
			text = "Change to whom it is restricted"
		}
		links = append(links, ui.Link{Text: text, Href: path + partRestriction})
	}
	return links
}
