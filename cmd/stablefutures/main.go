// Command stablefutures is the whole program in one binary: the pages, the
// commands and the fictional authority. What it does is in internal/cli.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"stablefutures/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
