package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web"
)

type serveCommand struct {
	database
	Listen            string        `env:"STABLEFUTURES_LISTEN" default:"localhost:8080" placeholder:"ADDRESS" help:"Address to listen on. (default: ${default})"`
	Address           string        `env:"STABLEFUTURES_ADDRESS" placeholder:"ADDRESS" help:"Address under which browsers reach the pages, such as https://futures.example. Passkeys belong to it, and a council's own sign-in service sends people back to it. (default: what the browser asks for)"`
	TLSCert           string        `name:"tls-cert" env:"STABLEFUTURES_TLS_CERT" type:"path" placeholder:"FILE" help:"Certificate with those that signed it, as PEM: the pages are served over TLS. It is read again when the file changes."`
	TLSKey            string        `name:"tls-key" env:"STABLEFUTURES_TLS_KEY" type:"path" placeholder:"FILE" help:"Key of the certificate, as PEM."`
	Secure            bool          `env:"STABLEFUTURES_SECURE" help:"The pages are reached over TLS through a proxy: cookies are bound to it. Without this or a certificate they are served on this machine alone."`
	AskProvidersEvery time.Duration `env:"STABLEFUTURES_ASK_PROVIDERS_EVERY" default:"15m" placeholder:"TIME" help:"How often a council's own sign-in service is asked, while somebody works, whether it still vouches for them: 1m to 1h. (default: ${default})"`
	Sounds            string        `env:"STABLEFUTURES_SOUNDS" type:"existingdir" placeholder:"FOLDER" help:"Recordings of young people's texts, read aloud by people: a folder for each language with files named by the key of the text, such as ti/indicator.home.1.mp3 (or .m4a, .ogg, .webm). Files that are added are found within a minute."`
	checkpointFlags
}

// Run serves the pages until the process is told to end.
func (c *serveCommand) Run(r *run) error {
	if !access.Protected {
		return errors.New("this program was built to measure what protection costs, and serves nobody")
	}
	sinks, err := c.sinks()
	if err != nil {
		return err
	}
	mail, err := c.mailer()
	if err != nil {
		return err
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("TLS needs both --tls-cert and --tls-key")
	}
	how := serving{secure: c.Secure || c.TLSCert != "", address: c.Address, mail: mail, sounds: c.Sounds, log: slog.New(slog.NewTextHandler(r.Err, nil))}
	if c.TLSCert != "" {
		var err error
		if how.tls, err = web.TLSConfig(c.TLSCert, c.TLSKey, how.log); err != nil {
			return err
		}
	}
	listener, err := how.listen(c.Listen)
	if err != nil {
		return err
	}
	defer listener.Close() // again, where it was served on
	return c.open(r, func(s *service.Service) error {
		s.LogTo(how.log)
		if how.mail != nil {
			s.SendsMail()
		}
		if err := s.AskProvidersEvery(c.AskProvidersEvery); err != nil {
			return err
		}
		if err := warnWithoutAccounts(r, s); err != nil {
			return err
		}
		defer sendCheckpoints(r, s, sinks)()
		return serve(r, s, listener, how)
	})
}

// How often what nobody asks for is done beside the serving. Reading that somebody has to
// explain is known to them also where nobody opens the page that lists it.
const (
	draftsEvery  = service.DraftLeft / 2
	unusualEvery = 15 * time.Minute
	alertsEvery  = 5 * time.Second
	countEvery   = 15 * time.Minute
)

// regularly does something at once and again and again until the context ends.
func regularly(ctx context.Context, every time.Duration, log *slog.Logger, failed string, do func(context.Context) error) {
	again := time.NewTicker(every)
	defer again.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			log.Error(failed, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// settleDrafts makes readings of what was left on forms.
func settleDrafts(s *service.Service) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := s.SettleDrafts(ctx)
		return err
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
	_, err = fmt.Fprintln(r.Err, "Nobody can sign in yet. Add the first administrator in another terminal:\n  stablefutures account add --authority CODE --council NAME --role administrator --username NAME --name NAME\nIt prints a code, with which the page /set-up lets them choose how they sign in.")
	return err
}

// serving is how pages are served.
type serving struct {
	secure  bool        // over TLS, by us or by a proxy
	address string      // under which browsers reach them; empty for what they ask
	tls     *tls.Config // nil where a proxy does TLS, or nobody
	mail    *smtpServer // nil where no e-mail is sent
	sounds  string      // folder of recordings; empty for none
	log     *slog.Logger
}

// listen takes an address, and none that other machines reach without TLS.
func (how serving) listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	if !how.secure {
		if err := web.PlainAllowed(listener.Addr()); err != nil {
			return nil, errors.Join(err, listener.Close())
		}
	}
	return listener, nil
}

// serve answers on listener until the context ends, and then lets requests finish.
func serve(r *run, s *service.Service, listener net.Listener, how serving) error {
	handler, err := web.New(s, web.Options{Secure: how.secure, Log: how.log, Address: how.address, Sounds: how.sounds})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := web.DefaultLimits.Server(handler, how.log)
	server.TLSConfig = how.tls
	ended := make(chan error, 1)
	bounded, scheme := web.DefaultLimits.Listener(listener), "http"
	if how.tls != nil {
		scheme = "https"
		go func() { ended <- server.ServeTLS(bounded, "", "") }()
	} else {
		go func() { ended <- server.Serve(bounded) }()
	}
	go regularly(r.ctx, draftsEvery, how.log, "what was left on forms could not be kept as readings yet", settleDrafts(s))
	go regularly(r.ctx, unusualEvery, how.log, "unusual reading could not be looked for", s.FindUnusual)
	go regularly(r.ctx, alertsEvery, how.log, "alerts could not be passed on", s.EscalateAlerts)
	if how.mail != nil {
		go regularly(r.ctx, alertsEvery, how.log, "an e-mail could not be sent yet, and is tried again", sendMail(s, *how.mail))
	}
	go regularly(r.ctx, countEvery, how.log, "the database could not count its tables", s.CountTables)
	if _, err := fmt.Fprintf(r.Out, "Serving at %s://%s\n", scheme, listener.Addr()); err != nil {
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
