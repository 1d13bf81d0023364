package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/publish/qr"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
	"stablefutures/internal/web/young"
)

// ownCodeView is a code as it is shown to a young person, once.
type ownCodeView struct {
	Code    string // empty where it was shown already
	Picture template.HTML
	Address string
	Until   string
	Again   ui.PostButton
}

// once leads to a page that shows something a single time. It is held in memory until
// then, for whoever asked for it, and kept nowhere. query is what its address says
// besides.
func (s *Server) once(v *visit, page string, what any, query url.Values) answer {
	query.Set(onceName, s.forms.put(v.owner(), page, filled{status: http.StatusOK, more: what, values: url.Values{}}))
	return redirect(page + "?" + query.Encode())
}

// onceOf is what once held for this page; false where it was shown already.
func onceOf[T any](s *Server, r *http.Request, v *visit) (what T, ok bool) {
	kept, _ := s.forms.take(v.owner(), r.URL.Path, r.URL.Query().Get(onceName))
	what, ok = kept.more.(T)
	return what, ok
}

func (s *Server) giveOwnCode(r *http.Request, v *visit) (answer, error) {
	record := r.PathValue("record")
	in, err := s.service.GiveOwnCode(r.Context(), v.actor, record, false)
	if err != nil {
		return nil, err
	}
	return s.once(v, ownPagePath(record)+"/code", in, url.Values{}), nil
}

func (s *Server) showOwnCode(r *http.Request, v *visit) (answer, error) {
	ways, err := s.service.OwnWaysOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	path := ownPagePath(ways.Head.Record)
	view := ownCodeView{Again: ui.PostButton{Action: path + "/code", Text: "Make a new code", Classes: ui.Secondary}}
	if in, ok := onceOf[service.OwnWayIn](s, r, v); ok {
		view.Code, view.Address, view.Until = in.Code, s.ownAddress(r), s.hour(in.Until)
		if view.Picture, err = qr.SVG(view.Address+"/"+plainCode(in.Code), "A picture for a phone to read. The address and the code stand beside it, to type.", "sf-square"); err != nil {
			return nil, err
		}
	}
	page := ui.Page{Title: "A code", Heading: "A code for now", Nav: at("/caseload"), Back: &ui.Link{Text: "Back to their own page", Href: path}}
	return s.page(v, page, "own-code", view), nil
}

// ownAddress is where young people come in.
func (s *Server) ownAddress(r *http.Request) string { return s.site(r).Address + "/in" }

// plainCode is a code without the spaces between its groups.
func plainCode(code string) string { return strings.ReplaceAll(code, " ", "") }

func (s *Server) giveOwnSlip(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	slip, err := s.service.GiveOwnSlip(r.Context(), v.actor, record, values.Get("language"))
	if err != nil {
		return nil, err
	}
	return s.once(v, ownPagePath(record)+"/slip", slip, url.Values{"language": {slip.Language}}), nil
}

// showOwnSlip is a page to be printed, once, without the frame of ours: nothing on the
// paper tells what it is for.
func (s *Server) showOwnSlip(r *http.Request, v *visit) (answer, error) {
	ways, err := s.service.OwnWaysOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	path := ownPagePath(ways.Head.Record)
	slip, ok := onceOf[service.OwnSlip](s, r, v)
	if !ok {
		view := ownCodeView{Again: ui.PostButton{Action: path + "/slip", Text: "Make a new slip", Classes: ui.Secondary,
			Fields: []ui.Hidden{{Name: "language", Value: orWords(r.URL.Query().Get("language"), ways.Language)}}}} // the one in which it was printed
		page := ui.Page{Title: "A slip", Heading: "A slip for later", Nav: at("/caseload"), Back: &ui.Link{Text: "Back to their own page", Href: path}}
		return s.page(v, page, "own-code", view), nil
	}
	address := s.ownAddress(r)
	words, err := s.service.WordsFor(r.Context(), v.actor.Authority, slip.Language)
	if err != nil {
		return nil, err
	}
	picture, err := qr.SVG(address+"/"+plainCode(slip.Code), words.Say("in.open"), "square")
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		return s.own.Slip(w, r, young.Slip{Words: words, Code: slip.Code, Address: address, Picture: picture, Until: date.Of(slip.Until),
			Before: "Print this page now: it is shown once. Only what stands in the frame is printed.", Back: path, Leave: "Back to their own page"})
	}, nil
}

// handOver gives the young person the tablet that the worker holds: the worker's session
// in this browser is over before the young person's begins, and the browser forgets what
// it kept of the pages before.
func (s *Server) handOver(r *http.Request, v *visit) (answer, error) {
	token, y, err := s.service.HandOver(r.Context(), v.actor, r.PathValue("record"), v.token)
	if err != nil {
		return nil, err
	}
	begin := s.own.Begin(token, y)
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, s.cookie("", -1))
		w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
		return begin(w, r)
	}, nil
}
