package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

const mostVerify = 30 * time.Second

// measureLedger goes through a long log, and reads the same rows without looking at them.
func measureLedger(ctx context.Context, r *report, n sizes, dsns map[store.Engine]string) error {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		verify, rival, err := verifyLog(ctx, n.entries, dsns[engine])
		if err != nil {
			return err
		}
		r.add(line{fmt.Sprintf("Verifying a log of %d entries, %s", n.entries, engine), short(verify.at(0.5)), "reading the rows alone: " + short(rival.at(0.5)),
			ratio(verify.at(0.5), rival.at(0.5)), "< 30 s", verify.at(0.5) >= mostVerify})
	}
	return nil
}

func verifyLog(ctx context.Context, entries int, dsn string) (verify, rival times, err error) {
	h, err := open(ctx, dsn)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, h.db.Close()) }()
	err = h.db.Write(ctx, func(tx *store.Tx) error {
		return tx.AddAuthority(store.Authority{Code: council, Name: "Fernshire Council", Fictional: true, Edition: "e"})
	})
	if err == nil {
		err = storetest.FillLog(h.db, dsn, council, entries)
	}
	for range turns {
		if err != nil {
			return nil, nil, err
		}
		began := time.Now()
		found, fault := h.db.VerifyLedger(ctx, council, nil)
		verify = append(verify, time.Since(began))
		if err = fault; err == nil && (found.Entries != int64(entries) || len(found.Findings) > 0) {
			err = fmt.Errorf("the log does not verify: %d entries, %v", found.Entries, found.Findings)
		}
		if err == nil {
			began, err = time.Now(), readLog(ctx, h.db.Engine, dsn)
			rival = append(rival, time.Since(began))
		}
	}
	return verify, rival, err
}

// readLog reads every row of a log, and does nothing with it.
func readLog(ctx context.Context, engine store.Engine, dsn string) (err error) {
	driver := "pgx"
	if engine == store.SQLite {
		driver = "sqlite"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, "select n, id, at, account_id, act, subject, subject_id, detail, mac, hashes from audit where authority = $1 order by n", council)
	if err != nil {
		return err
	}
	defer rows.Close()
	var n int64
	var texts [9]string
	for rows.Next() {
		if err := rows.Scan(&n, &texts[0], &texts[1], &texts[2], &texts[3], &texts[4], &texts[5], &texts[6], &texts[7], &texts[8]); err != nil {
			return err
		}
	}
	return rows.Err()
}
