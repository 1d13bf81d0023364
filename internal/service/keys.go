package service

import (
	"context"
	"fmt"

	"stablefutures/internal/seal"
	"stablefutures/internal/store"
)

// RotateKeys puts a fresh key in the place of those that wrap data keys. It is for the
// operator of the machine, and does not hold up servers that run.
func (s *Service) RotateKeys(ctx context.Context) (store.Rotation, error) {
	done, err := s.db.RotateKeys(ctx)
	if err != nil {
		return done, err
	}
	return done, s.auditEverywhere(ctx, "rotate keys", fmt.Sprintf("%d data keys, %d keys gone", done.Rewrapped, done.Dropped))
}

// RewrapKeys wraps the keys of the database under another master key. It is for the
// operator of the machine.
func (s *Service) RewrapKeys(ctx context.Context, master seal.Master) error {
	if err := s.db.RewrapKeyring(ctx, master); err != nil {
		return err
	}
	return s.auditEverywhere(ctx, "change master key", "")
}
