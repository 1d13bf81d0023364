package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/web"
)

type serveCommand struct {
	database
	Listen  string `env:"STABLEFUTURES_LISTEN" default:"localhost:8080" placeholder:"ADDRESS" help:"Address to listen on. (default: ${default})"`
	Address string `env:"STABLEFUTURES_ADDRESS" placeholder:"ADDRESS" help:"Address under which browsers reach the pages, such as https://futures.example. Passkeys belong to it, and a council's own sign-in service sends people back to it. (default: what the browser asks for)"`
	Secure  bool   `env:"STABLEFUTURES_SECURE" help:"The pages are reached over TLS, through a proxy on this machine: cookies are bound to it."`
}

// Run serves the pages until the process is told to end.
func (c *serveCommand) Run(r *run) error {
	return c.open(r, func(s *service.Service) error {
		listener, err := net.Listen("tcp", c.Listen)
		if err != nil {
			return fmt.Errorf("listen on %s: %w", c.Listen, err)
		}
		if err := warnWithoutAccounts(r, s); err != nil {
			return errors.Join(err, listener.Close())
		}
		return serve(r, s, listener, web.Options{Secure: c.Secure, Address: c.Address})
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

// warnWithoutAccounts tells an operator who starts with an empty database what to do.
func warnWithoutAccounts(r *run, s *service.Service) error {
	possible, err := s.SomebodyCanSignIn(r.ctx)
	if err != nil || possible {
		return err
	}
	_, err = fmt.Fprintln(r.Err, "Nobody can sign in yet. Add the first administrator in another terminal:\n  stablefutures account add --authority CODE --council NAME --role administrator --username NAME --name NAME\nIt prints a code, with which the page /set-up lets them choose how they sign in.")
	return err
}

// serve answers on listener until the context ends, and then lets requests finish.
func serve(r *run, s *service.Service, listener net.Listener, options web.Options) error {
	log := slog.New(slog.NewTextHandler(r.Err, nil))
	options.Log = log
	handler, err := web.New(s, options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := web.HTTPServer("", handler)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	go settleDrafts(r.ctx, s, log)
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
