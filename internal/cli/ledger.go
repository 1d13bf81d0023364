package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"stablefutures/internal/ledger"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// ledgerCommand is about the log of who did what.
type ledgerCommand struct {
	Verify     ledgerVerifyCommand     `cmd:"" help:"Go through the log, entry by entry, and say what is not as it was written."`
	Checkpoint ledgerCheckpointCommand `cmd:"" help:"Write a signed checkpoint: kept elsewhere, it proves later that nothing was cut off."`
	Key        ledgerKeyCommand        `cmd:"" help:"Print the key with which anybody can check a checkpoint's signature."`
}

type ledgerVerifyCommand struct {
	database
	authorityFlag
	Checkpoint []string `placeholder:"FILE" help:"A checkpoint that was kept elsewhere; may be given again."`
}

// errLog: at least one log is not as it was written.
var errLog = errors.New("the log was changed past the program: keep the database as it is, end who may write to it, and tell the data protection officer")

// Run verifies one log, or all of them.
func (c *ledgerVerifyCommand) Run(r *run) error {
	kept, err := readCheckpoints(c.Checkpoint)
	if err != nil {
		return err
	}
	return c.there(r, func(s *service.Service) error {
		reports, err := s.VerifyLedger(r.ctx, service.Operator(c.Authority), kept)
		if err != nil {
			return err
		}
		whole := true
		for _, report := range reports {
			whole = whole && len(report.Findings) == 0
			if err := printLog(r.Out, report); err != nil {
				return err
			}
		}
		if !whole {
			return errLog
		}
		if len(kept) == 0 {
			_, err = fmt.Fprintln(r.Out, "Whether entries were cut off at the end shows only beside a checkpoint that was kept elsewhere: --checkpoint FILE.")
		} else {
			_, err = fmt.Fprintf(r.Out, "It fits %s.\n", count(len(kept), "checkpoint", "checkpoints"))
		}
		return err
	})
}

func readCheckpoints(paths []string) (kept []service.KeptCheckpoint, err error) {
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the checkpoint: %w", err)
		}
		// What went through e-mail or Windows has other ends of lines.
		kept = append(kept, service.KeptCheckpoint{Name: path, Text: bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))})
	}
	return kept, nil
}

func printLog(out io.Writer, report store.LedgerReport) error {
	name := "The log of authority " + report.Authority
	if report.Authority == "" {
		name = "The log of sign-ins at no authority"
	}
	entries := count(int(report.Entries), "entry", "entries")
	if len(report.Findings) == 0 {
		_, err := fmt.Fprintf(out, "%s: %s, as written.\n", name, entries)
		return err
	}
	if _, err := fmt.Fprintf(out, "%s: %s, NOT as written.\n", name, entries); err != nil {
		return err
	}
	for _, f := range report.Findings {
		if _, err := fmt.Fprintf(out, "  %s%s\n", whereFound(f), f.What); err != nil {
			return err
		}
	}
	return nil
}

// whereFound says which entry a finding is about. Its time is what stands in the
// database now, and may be anything.
func whereFound(f ledger.Finding) string {
	at, err := time.Parse(time.RFC3339Nano, f.At)
	switch {
	case f.Entry == 0:
		return ""
	case f.At == "":
		return fmt.Sprintf("entry %d: ", f.Entry)
	case err != nil:
		return fmt.Sprintf("entry %d (%.40q): ", f.Entry, f.At)
	}
	return fmt.Sprintf("entry %d (%s): ", f.Entry, at.UTC().Format("2 January 2006 15:04:05 UTC"))
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

type ledgerCheckpointCommand struct {
	database
	authorityFlag
	Output string `short:"o" placeholder:"FILE" help:"File to write; without it the checkpoint goes to standard output."`
}

// Run writes a checkpoint.
func (c *ledgerCheckpointCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		point, err := s.Checkpoint(r.ctx, actor)
		if err != nil {
			return err
		}
		return writeTo(r, c.Output, func(w io.Writer) error {
			_, err := w.Write(point.Text)
			return err
		})
	})
}

type ledgerKeyCommand struct {
	database
	authorityFlag
}

// Run prints the verifier key.
func (c *ledgerKeyCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		key, err := s.CheckpointKey(actor)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(r.Out, key)
		return err
	})
}
