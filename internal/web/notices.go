package web

import (
	"net/http"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// A notice stands at the top of every staff page until whoever it is for says that
// they have seen it. The screens that a young person looks at have none.

// noticesView are the notices that are shown on one page.
type noticesView struct{ Lines []noticeView }

// noticeView is what somebody must know, where it leads, and the button that takes it away.
type noticeView struct {
	Text string
	Link *ui.Link
	Seen ui.PostButton
}

// noticesShown is how many stand on a page at once: more would push the page away.
const noticesShown = 3

// noticeWords are the words of each kind of notice, and where it leads. A kind without
// words here is counted.
var noticeWords = map[string]func(s *Server, n service.Notice) (string, *ui.Link){
	service.NoticeEmergency: func(s *Server, n service.Notice) (string, *ui.Link) {
		text := n.Who + " opened record " + n.Reference + " in an emergency on " + s.moment(n.At) + ", for reading, until " + s.hour(n.Until) + "."
		if n.Reviews {
			return text, &ui.Link{Text: "Why, and what they read", Href: emergenciesPage + "/" + n.Subject}
		}
		return text, &ui.Link{Text: "Who has read the record", Href: recordPath(n.Record) + partHistory}
	},
	service.NoticeDecision: func(_ *Server, n service.Notice) (string, *ui.Link) {
		what := decisionNews[n.Act]
		switch n.Decided {
		case "":
			return n.Who + " asks for a second person to decide: " + what + ".", &ui.Link{Text: "Decide", Href: decisionsPage}
		case store.DecidedYes:
			return n.Who + " said yes: " + what + ".", &ui.Link{Text: "What was decided", Href: decisionsPage}
		}
		return n.Who + " said no: " + what + ".", &ui.Link{Text: "What was decided", Href: decisionsPage}
	},
	service.NoticeNamed: func(s *Server, n service.Notice) (string, *ui.Link) {
		text := orWords(n.Who, "The operator of the machine") + " named " + joinWords(n.Added) + " among those who may open record " + n.Reference + ", on " + s.moment(n.At) + "."
		if n.Record == "" {
			return text, nil
		}
		return text, &ui.Link{Text: "Who has read the record", Href: recordPath(n.Record) + partHistory}
	},
	service.NoticeWrongEmergency: func(_ *Server, n service.Notice) (string, *ui.Link) {
		if n.Reference == "" || !n.Reviews {
			return "A review found that " + n.Who + " should not have opened a record in an emergency.", nil
		}
		return "A review found that " + n.Who + " should not have opened record " + n.Reference + " in an emergency.", &ui.Link{Text: "What the review says", Href: emergenciesPage + "/" + n.Subject}
	},
}

// decisionNews is what two people decide, as a notice names it.
var decisionNews = map[string]string{
	store.DecideExport: "an export with names",
	store.DecideErase:  "erasing a record",
	store.DecideLift:   "lifting a restriction",
}

// noticesOf are what stands at the top of this person's pages.
func (s *Server) noticesOf(r *http.Request, v *visit) ([]ui.Component, error) {
	if v == nil || v.actor.Unfinished {
		return nil, nil // nothing can be told before they have a password of their own
	}
	watch, err := s.watchOf(r, v)
	if err != nil {
		return nil, err
	}
	list, err := s.service.Notices(r.Context(), v.actor)
	if err != nil || len(list.Told)+len(list.Untold) == 0 {
		return watch, err
	}
	back := "/"
	if r.Method == http.MethodGet {
		back = r.URL.RequestURI()
	}
	view, rest := noticesView{}, list.Untold
	seen := func(about string, ids ...string) ui.PostButton {
		b := ui.PostButton{Action: seenPage, Text: "I have seen this", About: about, AsLink: true, Fields: []ui.Hidden{{Name: "back", Value: back}}}
		for _, id := range ids {
			b.Fields = append(b.Fields, ui.Hidden{Name: "notice", Value: id})
		}
		return b
	}
	for n, one := range list.Told {
		words := noticeWords[one.Kind]
		if words == nil {
			rest = append(rest, one.ID)
			continue
		}
		if n >= noticesShown {
			view.Lines = append(view.Lines, noticeView{Text: ui.Count(len(list.Told)-n, "more notice follows", "more notices follow") + " when you have seen these."})
			break
		}
		line := noticeView{Seen: seen("(notice "+ui.Number(n+1)+")", one.ID)}
		line.Text, line.Link = words(s, one)
		view.Lines = append(view.Lines, line)
	}
	if len(rest) > 0 {
		view.Lines = append(view.Lines, noticeView{Text: ui.Count(len(rest), "notice is", "notices are") + " about what you cannot open any more.", Seen: seen("(about what you cannot open)", rest...)})
	}
	html, err := s.views.Fragment("notices", view)
	return append(watch, ui.Notice{Title: "For you", TitleID: "notices-for-you", HTML: html, Classes: "sf-no-print"}), err
}

// seenPage is where the button sends which notices were seen.
const seenPage = "/notices/seen"

func (s *Server) seeNotices(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	if err := s.service.SeeNotices(r.Context(), v.actor, values["notice"]); err != nil {
		return nil, err
	}
	return redirect(local(values.Get("back"))), nil
}
