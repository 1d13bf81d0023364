package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"time"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

const address = "127.0.0.1:18080"

// measureProgram measures the binary itself: its size, and how long it takes from
// being started to its first page.
func measureProgram(ctx context.Context, r *report, program, full, empty string) error {
	size, err := os.Stat(program)
	if err != nil {
		return fmt.Errorf("%w: run make build first", err)
	}
	var took, rival times
	for range turns {
		for dsn, list := range map[string]*times{full: &took, empty: &rival} {
			d, err := firstPage(ctx, program, dsn)
			if err != nil {
				return err
			}
			*list = append(*list, d)
		}
	}
	r.add(line{fmt.Sprintf("Start to first page, %s of %d readings", store.SQLite, r.n.readings), short(took.at(0.5)),
		"empty database: " + short(rival.at(0.5)), ratio(took.at(0.5), rival.at(0.5)), "< 1 s", took.at(0.5) >= time.Second})
	r.add(line{"Size of the binary", fmt.Sprintf("%.1f MB", float64(size.Size())/1e6), "", "", "< 50 MB", size.Size() >= 50e6})
	return nil
}

// firstPage starts the program and asks until it answers.
func firstPage(ctx context.Context, program, dsn string) (took time.Duration, err error) {
	serve := exec.CommandContext(ctx, program, "serve", "--db", dsn, "--listen", address, "--master-key", "env:BENCH_MASTER_KEY")
	serve.Env = append(os.Environ(), "BENCH_MASTER_KEY="+storetest.MasterText)
	began := time.Now()
	if err := serve.Start(); err != nil {
		return 0, err
	}
	defer func() {
		err = errors.Join(err, serve.Process.Kill())
		serve.Wait() //nolint:errcheck // it was killed
	}()
	for time.Since(began) < time.Minute {
		if answer, err := http.Get("http://" + address + "/sign-in"); err == nil {
			_, err := io.Copy(io.Discard, answer.Body)
			if err := errors.Join(err, answer.Body.Close()); err != nil || answer.StatusCode != http.StatusOK {
				return 0, fmt.Errorf("the first page: status %d, %w", answer.StatusCode, err)
			}
			return time.Since(began), nil
		}
		time.Sleep(time.Millisecond)
	}
	return 0, errors.New("the program did not answer within a minute")
}
