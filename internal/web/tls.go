package web

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// modern are the suites of TLS 1.2 that keep what was sent secret also from somebody
// who gets the key later, and that nobody can alter. TLS 1.3 has no others.
var modern = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
}

// TLSConfig serves TLS with a certificate and its key from files, which are read again
// when they change: a certificate is renewed without a restart. Where the new files
// cannot be read, the old certificate stays, and log is told.
func TLSConfig(certificate, key string, log *slog.Logger) (*tls.Config, error) {
	c := &certificateFiles{certificate: certificate, key: key, log: log}
	if err := c.read(); err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12, CipherSuites: modern, NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.now(), nil },
	}, nil
}

// certificateFiles are a certificate and where it was read from.
type certificateFiles struct {
	certificate, key string
	log              *slog.Logger

	mu   sync.Mutex
	pair *tls.Certificate
	seen [2]fileMark // of the files, as they were when they were last tried
}

// fileMark changes when a file is written or replaced.
type fileMark struct {
	modified time.Time
	size     int64
}

func markOf(path string) (m fileMark) {
	if info, err := os.Stat(path); err == nil {
		m = fileMark{info.ModTime(), info.Size()}
	}
	return m
}

// now is the certificate of the files as they are.
func (c *certificateFiles) now() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if [2]fileMark{markOf(c.certificate), markOf(c.key)} != c.seen {
		if err := c.read(); err != nil && c.log != nil {
			c.log.Error("the new certificate cannot be used; the old one stays", "error", err)
		}
	}
	return c.pair
}

func (c *certificateFiles) read() error {
	c.seen = [2]fileMark{markOf(c.certificate), markOf(c.key)}
	pair, err := tls.LoadX509KeyPair(c.certificate, c.key)
	if err != nil {
		return fmt.Errorf("the certificate %s and its key %s cannot be used: %w. Both are PEM files, the certificate with those that signed it behind it", c.certificate, c.key, err)
	}
	c.pair = &pair
	return nil
}
