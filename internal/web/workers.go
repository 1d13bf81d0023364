package web

import (
	"errors"
	"net/http"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// workersView asks who works with a young person.
type workersView struct{ Workers ui.Checkboxes }

func (s *Server) showWorkers(r *http.Request, v *visit) (answer, error) {
	return s.workersPage(r, v, nil, nil, http.StatusOK)
}

func (s *Server) workersPage(r *http.Request, v *visit, chosen []string, wrong service.Invalid, status int) (answer, error) {
	a, err := s.service.Allocation(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	list := ui.Checkboxes{Name: "workers", Legend: ui.Legend{Text: "Who works with this young person"}, Values: chosen, Error: errorAt(wrong, "workers"),
		Hint: "Whoever is not ticked can no longer open the record, unless their role opens all of them."}
	for _, w := range a.Workers {
		list.Items = append(list.Items, ui.Choice{Value: w.Account, Text: w.Name})
	}
	if len(wrong) == 0 {
		for _, w := range a.Head.Workers {
			list.Values = append(list.Values, w.Account)
		}
	}
	page := recordForm(a.Head, "Allocate to workers")
	page.Errors = summary(wrong)
	return s.pageWith(status, v, page, "workers", workersView{list}), nil
}

func (s *Server) allocate(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	err = s.service.Allocate(r.Context(), v.actor, record, values["workers"])
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.workersPage(r, v, values["workers"], wrong, http.StatusUnprocessableEntity)
	case err != nil:
		return nil, err
	}
	return redirect(recordPath(record) + "?done=workers"), nil
}
