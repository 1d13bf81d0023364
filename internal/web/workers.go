package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// workersView asks who works with a young person.
type workersView struct {
	Workers ui.Checkboxes
	Team    ui.Component // nothing where the council has no teams
}

func (s *Server) showWorkers(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.Allocation(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	var has []string
	for _, w := range a.Head.Workers {
		has = append(has, w.Account)
	}
	form := s.again(r, v, url.Values{"workers": has, "team": {a.Team}})
	list := ui.Checkboxes{Name: "workers", Legend: ui.Legend{Text: "Who works with this young person"}, Values: form.values["workers"], Error: errorAt(form.wrong, "workers"),
		Hint: "Whoever is not ticked can no longer open the record, unless their role or their team opens it."}
	for _, w := range a.Workers {
		list.Items = append(list.Items, ui.Choice{Value: w.Account, Text: w.Name, Hint: w.Role.Label()})
	}
	page := recordForm(a.Head, "Allocate to workers")
	page.Errors = summary(form.wrong)
	return s.pageWith(form.status, v, page, "workers", workersView{list, teamSelect(a.Teams, form.values.Get("team"), errorAt(form.wrong, "team"))}), nil
}

func (s *Server) allocate(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	err = s.service.Allocate(r.Context(), v.actor, record, values["workers"])
	if err == nil && values.Has("team") {
		err = s.service.GiveToTeam(r.Context(), v.actor, record, values.Get("team"))
	}
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(recordPath(record), "workers"), nil
}
