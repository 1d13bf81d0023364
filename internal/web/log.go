package web

import (
	"fmt"
	"net/http"

	"stablefutures/internal/access"
	"stablefutures/internal/web/ui"
)

// logView says how the log is protected, and lets those who see it take a checkpoint.
type logView struct {
	Size  string
	Key   string // with which anybody checks a checkpoint; empty for those who do not see the log
	Prove bool
}

func (s *Server) showLog(r *http.Request, v *visit) (answer, error) {
	size, err := s.service.LogSize(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	view := logView{Size: ui.Count(int(size), "entry", "entries"), Prove: v.actor.May(access.ReadAudit)}
	if view.Prove {
		if view.Key, err = s.service.CheckpointKey(v.actor); err != nil {
			return nil, err
		}
	}
	return s.page(v, ui.Page{Title: "How the log is protected", Heading: "How the log is protected", Nav: at("/log"),
		Lead: "Who opened a record, who changed what, who signed in: all of it is written down, and none of it can be changed without it showing."}, "log", view), nil
}

// giveCheckpoint hands out a checkpoint as a file, to be kept somewhere else.
func (s *Server) giveCheckpoint(r *http.Request, v *visit) (answer, error) {
	point, err := s.service.Checkpoint(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%d.checkpoint"`, point.Authority, point.Size))
		_, err := w.Write(point.Text)
		return err
	}, nil
}
