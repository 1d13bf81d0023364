package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// Limits are how long a client may take, and how many may be connected at once. A
// client that is slower is dropped.
type Limits struct {
	Header      time.Duration // from the connection to the end of the header
	Read        time.Duration // to the end of what is sent; files have longer, see limit
	Write       time.Duration // to the end of the answer
	Idle        time.Duration // between two requests
	HeaderBytes int
	Connections int
}

// DefaultLimits are those of earnest use: a council has some hundred people at work.
var DefaultLimits = Limits{Header: 10 * time.Second, Read: 2 * time.Minute, Write: 3 * time.Minute, Idle: 2 * time.Minute, HeaderBytes: 32 << 10, Connections: 2000}

// Server is a server that keeps to the limits. What goes wrong between it and a client
// goes to log.
func (l Limits) Server(handler http.Handler, log *slog.Logger) *http.Server {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: l.Header, ReadTimeout: l.Read, WriteTimeout: l.Write, IdleTimeout: l.Idle, MaxHeaderBytes: l.HeaderBytes}
	if log != nil {
		server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	}
	return server
}

// Listener takes no more connections at once than the limit. Others wait until one ends.
func (l Limits) Listener(inner net.Listener) net.Listener {
	return netutil.LimitListener(inner, l.Connections)
}

// HTTPServer is a server with the default limits.
func HTTPServer(addr string, handler http.Handler) *http.Server {
	server := DefaultLimits.Server(handler, nil)
	server.Addr = addr
	return server
}

// ErrPlain: names and words would cross a network for everybody on it to read.
var ErrPlain = errors.New("without TLS the pages are served on this machine alone: give --tls-cert and --tls-key, or say with --secure that a proxy does TLS, or listen on localhost")

// PlainAllowed tells whether pages may be served without TLS on an address: only where
// nobody else can listen in.
func PlainAllowed(addr net.Addr) error {
	tcp, ok := addr.(*net.TCPAddr)
	if ok && tcp.IP.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s can be reached from other machines: %w", addr, ErrPlain)
}
