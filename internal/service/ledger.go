package service

import (
	"context"
	"fmt"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/ledger"
	"stablefutures/internal/store"
)

// KeptCheckpoint is a checkpoint that comes back from where it was kept.
type KeptCheckpoint struct {
	Name string // of its file
	Text []byte
}

// Checkpoint is a signed checkpoint of one log.
type Checkpoint struct {
	Authority string // '' for the log of sign-ins at no authority
	Size      int64
	Text      []byte
	At        time.Time // when it was signed; the text does not say it
}

// VerifyLedger goes through the log of the actor's authority, or through every log of
// the database where the operator names none, and says what is not as it was written.
// It reads no more than it compares, and is no entry of the log itself: a check must
// not change what it checks.
func (s *Service) VerifyLedger(ctx context.Context, actor Actor, kept []KeptCheckpoint) ([]store.LedgerReport, error) {
	if _, err := actor.scope(access.ReadAudit); err != nil {
		return nil, err
	}
	points := map[string][]ledger.Checkpoint{}
	for _, k := range kept {
		c, err := s.db.OpenCheckpoint(k.Text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.Name, err)
		}
		if actor.Authority != "" && c.Authority != actor.Authority {
			return nil, fmt.Errorf("%s is a checkpoint of another log: %w", k.Name, ErrNotFound)
		}
		points[c.Authority] = append(points[c.Authority], c)
	}
	logs := []string{actor.Authority}
	if actor.Authority == "" {
		var err error
		if logs, err = s.logs(ctx); err != nil {
			return nil, err
		}
		for authority := range points { // also of a log that is not there any more
			if !slices.Contains(logs, authority) {
				logs = append(logs, authority)
			}
		}
	}
	var reports []store.LedgerReport
	for _, authority := range logs {
		report, err := s.db.VerifyLedger(ctx, authority, points[authority])
		if err != nil {
			return nil, known(err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// Checkpoint signs the log of the actor's authority as it is now.
func (s *Service) Checkpoint(ctx context.Context, actor Actor) (c Checkpoint, err error) {
	err = s.look(ctx, actor, access.ReadAudit, func(tx *store.Tx, scope access.Scope) error {
		c, err = checkpointOf(tx, scope.Authority)
		return err
	})
	return c, err
}

// LogSize is how many entries the log of the actor's authority has, for everybody who
// signs in.
func (s *Service) LogSize(ctx context.Context, actor Actor) (size int64, err error) {
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, scope access.Scope) error {
		size, err = tx.LogSize(scope.Authority)
		return err
	})
	return size, err
}

// Checkpoints signs every log of the database, for the job that sends them off the machine.
func (s *Service) Checkpoints(ctx context.Context) (list []Checkpoint, err error) {
	logs, err := s.logs(ctx)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		for _, authority := range logs {
			c, err := checkpointOf(tx, authority)
			if err != nil {
				return err
			}
			if c.Size > 0 {
				list = append(list, c)
			}
		}
		return nil
	})
	return list, known(err)
}

// CheckpointKey is the public key with which anybody can check the checkpoints of the
// actor's authority.
func (s *Service) CheckpointKey(actor Actor) (string, error) {
	if _, err := actor.scope(access.ReadAudit); err != nil {
		return "", err
	}
	return s.db.LedgerKey(actor.Authority)
}

func (s *Service) logs(ctx context.Context) (list []string, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = tx.Ledgers()
		return err
	})
	return list, known(err)
}

func checkpointOf(tx *store.Tx, authority string) (Checkpoint, error) {
	c, text, err := tx.Checkpoint(authority)
	return Checkpoint{Authority: authority, Size: c.Size, Text: text, At: tx.Now}, err
}
