package web

import (
	"fmt"
	"net/http"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
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
	Talked  string
	Said    []lastWordsView
	Waiting ui.SummaryList
	Missing ui.Table
	Story   storyView
	Who     ui.SummaryList
	Links   []ui.Link
}

// lastWordsView is one thing in the young person's own words.
type lastWordsView struct{ Words, About, When string }

var recordDone = map[string]string{
	"identity": "Who the young person is has been corrected.",
	"workers":  "The workers are kept.",
	"added":    "The young person has been added.",
}

func (s *Server) showRecord(r *http.Request, v *visit) (answer, error) {
	record, err := s.service.Record(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	view := recordView{
		Talked: talkedLine(record), Said: saidLast(record), Waiting: whatWaits(record),
		Missing: s.missingTable(record), Story: s.story(record), Who: s.whoTheyAre(record), Links: recordLinks(v.actor, record),
	}
	if record.MayWrite {
		view.Start = ui.Button{Text: "Start a conversation", Href: recordPath(record.Head.Record) + "/talk", Start: true}
	}
	page := recordPage(record.Head, partRecord, "Record", "How things stand for "+orWords(record.Head.Name, record.Head.Reference))
	page.Notices = append(doneNotice(r, recordDone), page.Notices...)
	page.Edition = editionNotice(record.Edition)
	return s.page(v, page, "record", view), nil
}

// editionNotice is what must show wherever an edition's words show.
func editionNotice(e *framework.Edition) string {
	text, _ := e.NoticeIn("en")
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
		list = append(list, lastWordsView{Words: w.Words.Words, About: orWords(w.Title, "An indicator of an edition that is no longer here"), When: w.SaidOn.Long()})
	}
	return list
}

// whatWaits are the clocks: the NRM decision and the guardian.
func whatWaits(r service.Record) ui.SummaryList {
	path := recordPath(r.Head.Record) + partRegister
	if r.Entry == nil {
		return ui.SummaryList{Rows: []ui.SummaryRow{{Key: "NRM", Value: "Not on the register",
			Actions: []ui.Action{{Text: "Add", About: "a register entry", Href: path}}}}}
	}
	nrm := ui.SummaryRow{Key: "NRM", Value: r.Stage.Label(), Note: registerNote(r), Actions: []ui.Action{{Text: "Change", About: "the register entry", Href: path}}}
	if r.Clock != "" {
		nrm.Value = strings.ToUpper(r.Clock[:1]) + r.Clock[1:]
	}
	kind := ui.SummaryRow{Key: "Exploitation", Value: r.Entry.TypeLabel()}
	return ui.SummaryList{Rows: []ui.SummaryRow{nrm, guardianRow(r), kind}}
}

// guardianRow says where the request for a guardian stands, and since when.
func guardianRow(r service.Record) ui.SummaryRow {
	field, _ := register.FieldByID(register.FieldGuardian)
	row := ui.SummaryRow{Key: "Guardian", Value: orWords(field.Words(r.Entry[register.FieldGuardian]), "Not recorded")}
	asked, came := r.Entry.Day(register.FieldGuardianRequestedOn), r.Entry.Day(register.FieldGuardianAllocatedOn)
	switch {
	case r.Entry[register.FieldGuardian] == register.GuardianRequested && asked.Known():
		row.Value = "Waiting " + ui.Count(asked.DaysUntil(r.Today), "day", "days") + " for a guardian"
		row.Note = "Requested on " + asked.Long()
	case came.Known():
		row.Note = "Allocated on " + came.Long()
	}
	return row
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

func recordLinks(actor service.Actor, r service.Record) []ui.Link {
	path := recordPath(r.Head.Record)
	var links []ui.Link
	if actor.May(access.WriteRecord) {
		links = append(links, ui.Link{Text: "Correct who the young person is", Href: path + "/identity"})
	}
	if actor.May(access.Allocate) {
		links = append(links, ui.Link{Text: "Allocate to workers", Href: path + "/workers"})
	}
	return links
}
