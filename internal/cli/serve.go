package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/web"
)

type serveCommand struct {
	database
	Listen string `env:"STABLEFUTURES_LISTEN" default:"localhost:8080" placeholder:"ADDRESS" help:"Address to listen on. (default: ${default})"`
	checkpointFlags
	Secure bool `env:"STABLEFUTURES_SECURE" help:"The pages are reached over TLS, through a proxy on this machine: cookies are bound to it."`
}

// Run serves the pages until the process is told to end.
func (c *serveCommand) Run(r *run) error {
	sinks, err := c.sinks()
	if err != nil {
		return err
	}
	return c.open(r, func(s *service.Service) error {
		listener, err := net.Listen("tcp", c.Listen)
		if err != nil {
			return fmt.Errorf("listen on %s: %w", c.Listen, err)
		}
		if err := warnWithoutAccounts(r, s); err != nil {
			return errors.Join(err, listener.Close())
		}
		defer sendCheckpoints(r, s, sinks)()
		return serve(r, s, listener, c.Secure)
	})
}

// settleDrafts makes readings of what was left on forms, again and again until the
// context ends.
func settleDrafts(ctx context.Context, s *service.Service, log *slog.Logger) {
	again := time.NewTicker(service.DraftLeft / 2)
	defer again.Stop()
	for {
		if _, err := s.SettleDrafts(ctx); err != nil && ctx.Err() == nil {
			log.Error("what was left on forms could not be kept as readings yet", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// unusualEvery is how soon reading that somebody has to explain is known to them, where
// nobody opens the page that lists it.
const unusualEvery = 15 * time.Minute

// findUnusual looks for unusual reading, again and again until the context ends.
func findUnusual(ctx context.Context, s *service.Service, log *slog.Logger) {
	again := time.NewTicker(unusualEvery)
	defer again.Stop()
	for {
		if err := s.FindUnusual(ctx); err != nil && ctx.Err() == nil {
			log.Error("unusual reading could not be looked for", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// sendCheckpoints sends checkpoints of the logs beside the serving, until the context
// ends; the function that it gives waits until the last are sent.
func sendCheckpoints(r *run, s *service.Service, sinks []checkpointSink) (wait func()) {
	sender := checkpointSender{service: s, log: slog.New(slog.NewTextHandler(r.Err, nil)), sinks: sinks, sent: map[string]sentCheckpoint{}}
	ctx, stop := context.WithCancel(r.ctx)
	again := time.NewTicker(checkpointAgain)
	var sending sync.WaitGroup
	sending.Go(func() { sender.run(ctx, again.C) })
	return func() {
		stop()
		sending.Wait()
		again.Stop()
	}
}

// warnWithoutAccounts tells an operator who starts with an empty database what to do.
func warnWithoutAccounts(r *run, s *service.Service) error {
	possible, err := s.SomebodyCanSignIn(r.ctx)
	if err != nil || possible {
		return err
	}
	_, err = fmt.Fprintln(r.Err, "Nobody can sign in yet. Add the first administrator in another terminal:\n  stablefutures account add --authority CODE --council NAME --role administrator --username NAME --name NAME")
	return err
}

// serve answers on listener until the context ends, and then lets requests finish.
func serve(r *run, s *service.Service, listener net.Listener, secure bool) error {
	log := slog.New(slog.NewTextHandler(r.Err, nil))
	handler, err := web.New(s, web.Options{Secure: secure, Log: log})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := web.HTTPServer("", handler)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	go settleDrafts(r.ctx, s, log)
	go findUnusual(r.ctx, s, log)
	if _, err := fmt.Fprintf(r.Out, "Serving at http://%s\n", listener.Addr()); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-ended:
		return err
	case <-r.ctx.Done():
	}
	last, stop := context.WithTimeout(context.WithoutCancel(r.ctx), 10*time.Second)
	defer stop()
	if err := server.Shutdown(last); err != nil {
		return err
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
