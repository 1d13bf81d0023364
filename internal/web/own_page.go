package web

import (
	"net/http"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// ownPageView is the ways to a young person's own page: those that can be given, and
// those that were.
type ownPageView struct {
	Code, Tablet ui.PostButton
	Slip         string // address of the form
	Language     ui.Select
	Seen         string
	Now          ui.Table
	End          *ui.PostButton // nothing where nobody is there
	Devices      ui.Table
	CutOff       []ui.PostButton
	Given        ui.Table
	GivenText    string
	Waits        string        // a code that can still be used; empty where none waits
	TakeBack     ui.PostButton // that code
}

func ownPagePath(record string) string { return recordPath(record) + partOwnPage }

var ownPageDone = map[string]string{
	"taken-back": "No code that was given before opens anything now.",
	"ended":      "Every session is ended. What was open is closed at its next touch. Devices that are remembered can come in again: cut them off below.",
	"cut-off":    "The device is cut off. It opens nothing from now on.",
}

func (s *Server) showOwnPage(r *http.Request, v *visit) (answer, error) {
	ways, err := s.service.OwnWaysOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	path := ownPagePath(ways.Head.Record)
	view := ownPageView{
		Code:     ui.PostButton{Action: path + "/code", Text: "Make a code for now"},
		Tablet:   ui.PostButton{Action: path + "/hand-over", Text: "Hand this tablet over", Classes: ui.Secondary},
		Slip:     path + "/slip",
		Language: youngLanguages("Language of the slip", ways.Language),
		Seen:     "The young person has not been on their page yet.",
		Now:      s.ownSessions(ways), Devices: s.ownDevices(ways), Given: s.ownGiven(ways),
		CutOff: s.cutOffButtons(ways, path),
	}
	if !ways.LastSeen.IsZero() {
		view.Seen = "Last seen on their page: " + s.moment(ways.LastSeen) + "."
	}
	if len(ways.Now) > 0 {
		view.End = &ui.PostButton{Action: path + "/end", Text: "End all sessions", Classes: ui.Secondary}
	}
	view.GivenText = ui.Count(len(ways.Given), "way in", "ways in") + ui.LatestFirst(len(ways.Given))
	for _, g := range ways.Given {
		if g.Waits(s.service.Now()) {
			view.Waits = ownKinds[g.Kind] + ", given on " + s.moment(g.At) + " by " + orWords(ways.Accounts[g.By], "somebody") + ": not used yet, good until " + s.moment(g.Until) + "."
			view.TakeBack = ui.PostButton{Action: path + "/take-back", Text: "Take the code back", Classes: ui.Secondary}
		}
	}
	page := recordPage(ways.Head, partOwnPage, "Their own page", "The young person’s own page")
	page.Notices = append(doneNotice(r, ownPageDone), page.Notices...)
	return s.page(v, page, "own-page", view), nil
}

// youngLanguages are the languages of the young people's pages, each in English and by its
// own name: whoever chooses need not read it.
func youngLanguages(label, chosen string) ui.Select {
	list := ui.Select{Name: "language", Label: ui.Label{Text: label}, Value: orWords(chosen, locale.SourceTag)}
	for _, tag := range locale.Tags {
		if w, ok := locale.Of(tag); ok {
			list.Items = append(list.Items, ui.Option{Value: tag, Text: w.BothNames()})
		}
	}
	return list
}

var ownWayWords = map[string]string{
	"code": "With a code from a screen", "slip": "With a printed code", "handed-over": "On a tablet that was handed over", "device": "On a device that is remembered",
}

func (s *Server) ownSessions(ways service.OwnWays) ui.Table {
	table := ui.Table{Caption: ui.Count(len(ways.Now), "session", "sessions") + " now" + ui.LatestFirst(len(ways.Now)), CaptionClasses: "govuk-table__caption--s", Stack: true,
		Head: []ui.Header{{Text: "Since"}, {Text: "Last seen"}, {Text: "How"}}, Empty: "Nobody is on the page now."}
	for _, session := range ways.Now {
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(session.BeganAt)}, {Text: s.moment(session.SeenAt)}, {Text: ownWayWords[session.Way]}})
	}
	return table
}

func (s *Server) ownDevices(ways service.OwnWays) ui.Table {
	table := ui.Table{Caption: ui.Count(len(ways.Devices), "device", "devices") + ui.LatestFirst(len(ways.Devices)), CaptionClasses: "govuk-table__caption--s", Stack: true,
		Head: []ui.Header{{Text: "Remembered"}, {Text: "Opened with"}, {Text: "Last used"}, {Text: "Now"}}, Empty: "The young person let no device be remembered."}
	for _, d := range ways.Devices {
		opens := "Four pictures"
		if d.Passkey != "" {
			opens = "The lock of the device"
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(d.MadeAt)}, {Text: opens}, {Text: s.moment(d.SeenAt)}, {Text: s.deviceNow(ways, d)}})
	}
	return table
}

// deviceNow says whether a device opens the page, and since when and why not.
func (s *Server) deviceNow(ways service.OwnWays, d store.OwnDevice) string {
	switch {
	case d.EndedAt.IsZero():
		return "Opens the page"
	case d.EndedBy != "":
		return "Cut off by " + orWords(ways.Accounts[d.EndedBy], "somebody") + ", " + s.moment(d.EndedAt)
	case d.Wrong >= service.OwnWrongMost:
		return "Cut off after wrong pictures, " + s.moment(d.EndedAt)
	}
	return "Forgotten by the young person, " + s.moment(d.EndedAt)
}

func (s *Server) cutOffButtons(ways service.OwnWays, path string) (list []ui.PostButton) {
	for _, d := range ways.Devices {
		if d.EndedAt.IsZero() {
			list = append(list, ui.PostButton{Action: path + "/cut-off", Text: "Cut off the device remembered on " + s.moment(d.MadeAt), Classes: ui.Secondary,
				Fields: []ui.Hidden{{Name: "device", Value: d.ID}}})
		}
	}
	return list
}

var ownKinds = map[string]string{"code": "Code on a screen", "slip": "Printed slip", "handed-over": "Tablet handed over"}

func (s *Server) ownGiven(ways service.OwnWays) ui.Table {
	table := ui.Table{Caption: "Ways in that were given", CaptionClasses: "govuk-visually-hidden", Stack: true,
		Head: []ui.Header{{Text: "Given"}, {Text: "What"}, {Text: "By"}, {Text: "What became of it"}}, Empty: "No way in was given yet."}
	for _, g := range ways.Given {
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(g.At)}, {Text: ownKinds[g.Kind]}, {Text: orWords(ways.Accounts[g.By], "somebody")}, {Text: s.givenNow(g)}})
	}
	return table
}

func (s *Server) givenNow(g service.OwnWayGiven) string {
	switch {
	case g.Kind == "handed-over":
		return "Used at once"
	case !g.UsedAt.IsZero():
		return "Used " + s.moment(g.UsedAt)
	case !g.EndedAt.IsZero():
		return "Not used. Taken back, or a newer one was given, " + s.moment(g.EndedAt)
	case g.Waits(s.service.Now()):
		return "Not used yet. Good until " + s.moment(g.Until)
	}
	return "Not used. Ended by itself on " + s.moment(g.Until)
}

func (s *Server) takeBackOwnCodes(r *http.Request, v *visit) (answer, error) {
	record := r.PathValue("record")
	return s.doneOwn(record, "taken-back", s.service.TakeBackOwnCodes(r.Context(), v.actor, record))
}

func (s *Server) endOwnSessions(r *http.Request, v *visit) (answer, error) {
	record := r.PathValue("record")
	return s.doneOwn(record, "ended", s.service.EndOwnSessionsOf(r.Context(), v.actor, record))
}

func (s *Server) cutOffDevice(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	return s.doneOwn(record, "cut-off", s.service.CutOffDevice(r.Context(), v.actor, record, values.Get("device")))
}

func (s *Server) doneOwn(record, word string, err error) (answer, error) {
	if err != nil {
		return nil, err
	}
	return s.done(ownPagePath(record), word), nil
}
