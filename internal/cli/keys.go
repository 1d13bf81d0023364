package cli

import (
	"fmt"

	"stablefutures/internal/seal"
)

// keysCommand is about the master key and the keys that it wraps.
type keysCommand struct {
	New keysNewCommand `cmd:"" help:"Print a fresh master key, to be kept where --master-key finds it."`
}

type keysNewCommand struct{}

// Run prints a master key.
func (c *keysNewCommand) Run(r *run) error {
	_, err := fmt.Fprintln(r.Out, seal.NewMasterText())
	return err
}
