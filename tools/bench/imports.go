package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

const turns = 3

// measureImport takes the same episodes into one authority after the other: to
// each of them the return is new.
func measureImport(ctx context.Context, r *report, n sizes, dsns map[store.Engine]string) error {
	data := episodes(n.episodes)
	var rival times
	took := map[store.Engine]times{}
	for turn := range turns {
		began := time.Now()
		if _, err := csv.NewReader(bytes.NewReader(data)).ReadAll(); err != nil {
			return err
		}
		rival = append(rival, time.Since(began))
		for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
			d, err := importOnce(ctx, dsns[engine], strconv.Itoa(901+turn), data, n.episodes)
			if err != nil {
				return err
			}
			took[engine] = append(took[engine], d)
		}
	}
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		r.add(line{fmt.Sprintf("Import of %d SSDA903 episodes, %s", n.episodes, engine), short(took[engine].at(0.5)),
			"encoding/csv alone: " + short(rival.at(0.5)), ratio(took[engine].at(0.5), rival.at(0.5)), "≤ 4", took[engine].at(0.5) > 4*rival.at(0.5)})
	}
	return nil
}

func importOnce(ctx context.Context, dsn, authority string, data []byte, rows int) (took time.Duration, err error) {
	h, err := open(ctx, dsn)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, h.db.Close()) }()
	if err := h.AddAuthority(ctx, authority, "Fernshire Council", true); err != nil {
		return 0, err
	}
	began := time.Now()
	report, err := h.Import(ctx, service.Operator(authority), []service.File{{Name: "episodes.csv", Data: data}}, service.ImportOptions{YearEnding: "2026-03-31"})
	took = time.Since(began)
	if err == nil && (len(report.Files) != 1 || report.Files[0].RowsTaken != rows) {
		err = fmt.Errorf("the episodes were not taken whole: %+v", report.Unrecognised)
	}
	return took, err
}

// episodes is a fictional episodes table of n rows, two a child.
func episodes(n int) []byte {
	var b bytes.Buffer
	b.WriteString("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%02d/%02d/20%02d,P,C%d,N%d,U%d,PR1,%02d/04/2025,X1,CARPL,ZZ%d 1ZZ,ZZ%d 2ZZ,SC%06d\n",
			100000+i/2, 1+i%28, 1+i%12, 10+i%15, 1+i/5%2, 1+i/2%8, 1+i%6, 1+i%28, 1+i%9, 1+i%7, i%4000)
	}
	return b.Bytes()
}
