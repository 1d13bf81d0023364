package web

import (
	"net/http"
	"slices"

	"stablefutures/internal/consent"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// consentView is what a young person agreed to, what is shared, and how it came to that.
type consentView struct {
	Matters []matterView
	Shares  []sharedView
	Ended   *ui.Table // shares that ended; nothing where there are none
	History ui.Table
	Ask     *ui.Link // nothing for whoever may not write
}

// matterView is one thing that the young person was asked about, as it stands.
type matterView struct {
	ID, Title string
	Facts     ui.SummaryList
	Share     ui.Component // shares it now; nothing where it cannot be, or is
}

// sharedView is a section that an agency was given.
type sharedView struct {
	ID, Title string
	Facts     ui.SummaryList
	End       ui.Component // nothing for whoever may not write
}

func (s *Server) showConsent(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.ConsentOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	view := consentView{History: s.consentHistory(p)}
	if p.MayWrite {
		view.Ask = &ui.Link{Text: "Record an answer", Href: consentPath(p.Head.Record) + "/new"}
	}
	for _, e := range p.Current {
		view.Matters = append(view.Matters, s.matter(p, e))
	}
	ended := ui.Table{Caption: "What was shared before" + ui.LatestFirst(2), CaptionClasses: "govuk-table__caption--s", Stack: true,
		Head: []ui.Header{{Text: "With"}, {Text: "Section"}, {Text: "From"}, {Text: "To"}}}
	for _, share := range p.Shares {
		if share.EndedAt.IsZero() {
			view.Shares = append(view.Shares, s.given(p, share))
			continue
		}
		ended.Rows = append(ended.Rows, []ui.Cell{{Text: p.Names[share.Agency]}, {Text: share.Section.Label()}, {Text: s.moment(share.BeganAt)}, {Text: s.moment(share.EndedAt)}})
	}
	if len(ended.Rows) > 0 {
		view.Ended = &ended
	}
	page := recordPage(p.Head, partConsent, "Consent", "What the young person agreed to")
	page.Errors = summary(form.wrong)
	page.Notices = append(doneNotice(r, map[string]string{"consent": "The answer is kept.", "withdrawn": "It is withdrawn. Whoever saw something because of it sees it no more.",
		"shared": "The agency sees this section now.", "share-ended": "The agency sees this section no more."}), page.Notices...)
	return s.pageWith(form.status, v, page, "consent", view), nil
}

func consentPath(record string) string { return recordPath(record) + partConsent }

// matterTitle says what somebody was asked about.
func matterTitle(m consent.Matter, names map[string]string) string {
	if m.Purpose == consent.Study {
		return "To be counted in the study"
	}
	return m.Section.Label() + ", to be shared with " + orWords(names[m.Agency], "an agency")
}

// matterPlain is what it means, in the words for the young person.
func matterPlain(m consent.Matter) string {
	if m.Purpose == consent.Study {
		return "Your answers are counted together with those of others, without your name, to find out what helps. You can say no, and nothing changes for you."
	}
	return m.Section.Plain()
}

// matter is one matter and basis as it stands.
func (s *Server) matter(p service.ConsentPage, e service.ConsentNow) matterView {
	view := matterView{ID: e.ID, Title: matterTitle(e.Matter, p.Names) + notConsent(e.Basis), Facts: ui.SummaryList{Rows: []ui.SummaryRow{
		{Key: "In plain words", Value: matterPlain(e.Matter)}, {Key: answerKey(e.Basis), Value: answerNow(e), Note: howAsked(e.Entry)}}}}
	until := ui.SummaryRow{Key: "Until", Value: "No last day"}
	if e.Expires.Known() {
		until.Value = e.Expires.Long()
	}
	if e.Answer.Yes() {
		view.Facts.Rows = append(view.Facts.Rows, until)
	}
	if e.Remark != "" {
		view.Facts.Rows = append(view.Facts.Rows, ui.SummaryRow{Key: "Remark", Value: e.Remark})
	}
	if !p.MayWrite {
		return view
	}
	if e.Answer.Yes() {
		view.Facts.Rows[1].Actions = []ui.Action{{Text: withdrawWord(e.Basis), About: view.Title, Href: consentPath(p.Head.Record) + "/" + e.ID + "/withdraw"}}
	}
	if e.Holds && e.Purpose == consent.Sharing && !sharedNow(p, e.Entry) && slices.ContainsFunc(p.Agencies, func(a store.Agency) bool { return a.ID == e.Agency }) {
		view.Share = ui.PostButton{Action: recordPath(p.Head.Record) + "/shares", Text: "Share it now", About: view.Title,
			Fields: []ui.Hidden{{Name: "agency", Value: e.Agency}, {Name: "section", Value: string(e.Section)}, {Name: "basis", Value: string(e.Basis)}}}
	}
	return view
}

func sharedNow(p service.ConsentPage, e consent.Entry) bool {
	return slices.ContainsFunc(p.Shares, func(o service.ShareNow) bool {
		return o.Live && o.Agency == e.Agency && o.Section == e.Section && o.Basis == e.Basis
	})
}

// notConsent follows the title of what rests on another basis.
func notConsent(b consent.Basis) string {
	if b == consent.Consent {
		return ""
	}
	return ": " + lower(b.Label())
}

// answerKey tells consent from what is none.
func answerKey(b consent.Basis) string {
	if b == consent.Consent {
		return "Their answer"
	}
	return "Not consent: " + lower(b.Label())
}

func answerNow(e service.ConsentNow) string {
	if e.Answer.Yes() && !e.Holds {
		return e.Answer.Label() + ", until its last day, which is over"
	}
	return e.Answer.Label()
}

// howAsked says how, in which language and when somebody was asked.
func howAsked(e consent.Entry) string {
	text := e.AskedOn.Long()
	if e.Language != "" {
		text = "in " + spoken(e.Language) + ", " + text
	}
	if e.How != "" {
		return e.How.Label() + ", " + text
	}
	return sentence(text)
}

func withdrawWord(b consent.Basis) string {
	if b == consent.Consent {
		return "Withdraw"
	}
	return "Applies no longer"
}

// given is a section that an agency was given, and whether it sees it.
func (s *Server) given(p service.ConsentPage, share service.ShareNow) sharedView {
	view := sharedView{ID: share.ID, Title: p.Names[share.Agency] + ": " + share.Section.Label(), Facts: ui.SummaryList{Rows: []ui.SummaryRow{
		{Key: "What they see", Value: share.Section.Label()},
		{Key: "Since", Value: s.moment(share.BeganAt), Note: "By " + orWords(p.Accounts[share.BegunBy], "somebody")},
		{Key: "Basis", Value: share.Basis.Label()}}}}
	if !share.Live {
		view.Facts.Rows = append(view.Facts.Rows, ui.SummaryRow{Key: "They see nothing now", Value: "Its basis does not hold any more, or the record is restricted to people of whom nobody shared it."})
	}
	if p.MayWrite {
		view.End = ui.PostButton{Action: recordPath(p.Head.Record) + "/shares/" + share.ID + "/end", Text: "End it", About: view.Title, Classes: "govuk-button--secondary"}
	}
	return view
}

// consentHistory is every entry of the ledger.
func (s *Server) consentHistory(p service.ConsentPage) ui.Table {
	table := ui.Table{Caption: ui.Count(len(p.History), "entry", "entries") + " in the ledger" + ui.LatestFirst(len(p.History)), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "Recorded"}, {Text: "About"}, {Text: "What"}, {Text: "By"}}, Name: "The ledger", Empty: "The young person has not been asked about anything yet."}
	for _, e := range p.History {
		what := e.Answer.Label()
		if e.Basis != consent.Consent {
			what = e.Basis.Label() + ": " + lower(what)
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(e.RecordedAt)}, {Text: matterTitle(e.Matter, p.Names)}, {Text: what, Note: howAsked(e.Entry)}, {Text: recordedBy(p, e)}})
	}
	return table
}

// recordedBy is who wrote an entry down: somebody who works here, or the young person.
func recordedBy(p service.ConsentPage, e store.ConsentEntry) string {
	if e.How == consent.OwnPage {
		return "the young person"
	}
	return orWords(p.Accounts[e.RecordedBy], "somebody")
}

// withdrawView asks whether something shall be withdrawn, and says what will happen.
type withdrawView struct {
	Path     string
	Lines    []string
	Withdraw ui.PostButton
}

func (s *Server) showWithdraw(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.ConsentOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(p.Current, func(e service.ConsentNow) bool { return e.ID == r.PathValue("entry") })
	switch past := slices.ContainsFunc(p.History, func(e store.ConsentEntry) bool { return e.ID == r.PathValue("entry") }); {
	case !p.MayWrite:
		return nil, service.ErrNotFound
	case at < 0 && past, at >= 0 && !p.Current[at].Answer.Yes(): // something else was answered meanwhile
		return redirect(consentPath(p.Head.Record)), nil
	case at < 0:
		return nil, service.ErrNotFound
	}
	e := p.Current[at]
	view := withdrawView{Path: consentPath(p.Head.Record), Withdraw: ui.PostButton{Action: r.URL.Path, Text: withdrawWord(e.Basis)},
		Lines: []string{matterTitle(e.Matter, p.Names) + "."}}
	if sharedNow(p, e.Entry) {
		view.Lines = append(view.Lines, p.Names[e.Agency]+" sees this section no more, from the same moment on. What they have read already cannot be taken back.")
	}
	if e.Purpose == consent.Study {
		view.Lines = append(view.Lines, "The young person is not counted in figures of the study any more, from now on.")
	}
	view.Lines = append(view.Lines, "What was answered before stays in the ledger. The young person can be asked again.")
	page := recordForm(p.Head, withdrawTitle(e.Basis))
	page.Back = &ui.Link{Text: "Back to consent", Href: view.Path}
	return s.page(v, page, "consent-withdraw", view), nil
}

func withdrawTitle(b consent.Basis) string {
	if b == consent.Consent {
		return "Withdraw this consent?"
	}
	return "Does this basis apply no longer?"
}

func (s *Server) withdrawConsent(r *http.Request, v *visit) (answer, error) {
	record := r.PathValue("record")
	if err := s.service.WithdrawConsent(r.Context(), v.actor, record, r.PathValue("entry")); err != nil {
		return nil, err
	}
	return s.done(consentPath(record), "withdrawn"), nil
}

func (s *Server) shareSection(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	err = s.service.Share(r.Context(), v.actor, record, values.Get("agency"), consent.Section(values.Get("section")), consent.Basis(values.Get("basis")))
	if wrong := invalid(err, nil); len(wrong) > 0 {
		return s.keep(v, consentPath(record), filled{wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	if err != nil {
		return nil, err
	}
	return s.done(consentPath(record), "shared"), nil
}

func (s *Server) endShare(r *http.Request, v *visit) (answer, error) {
	record := r.PathValue("record")
	if err := s.service.EndShare(r.Context(), v.actor, record, r.PathValue("share")); err != nil {
		return nil, err
	}
	return s.done(consentPath(record), "share-ended"), nil
}

// agenciesTable names the agencies that see a section of a record now, and why.
func (s *Server) agenciesTable(t service.Trail) ui.Table {
	table := ui.Table{Caption: ui.Count(len(t.Agencies), "section is", "sections are") + " shared with other agencies now", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "Agency"}, {Text: "What they see"}, {Text: "Why"}}, Name: "Other agencies", Empty: "No other agency sees anything of this record."}
	for _, a := range t.Agencies {
		table.Rows = append(table.Rows, []ui.Cell{{Text: a.Name}, {Text: a.Section.Label()}, {Text: agencyWhy[a.Basis], Note: "Since " + s.moment(a.Since)}})
	}
	return table
}

// agencyWhy are the reasons for which an agency sees something.
var agencyWhy = map[consent.Basis]string{
	consent.Consent:         "The young person agreed",
	consent.VitalInterests:  "Somebody’s life is in danger: not by consent",
	consent.LegalObligation: "The law obliges the council: not by consent",
	consent.PublicTask:      "For a task that the law gives the council: not by consent",
}
