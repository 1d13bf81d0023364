package web_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/web"
)

// certificate writes a new certificate for localhost, with a serial number, to files.
func certificate(t *testing.T, folder string, serial int64) (cert, key string, pool *x509.CertPool) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	put(t, cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}))
	put(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}))
	return cert, key, pool
}

// put replaces a file, with a time of its own: two within one tick of the file
// system's clock are two all the same.
func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	written++
	at := time.Now().Add(time.Duration(written) * time.Second)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

var written int

// overTLS serves a handler as the program does; it gives the address.
func overTLS(t *testing.T, handler http.Handler, cert, key string) string {
	t.Helper()
	config, err := web.TLSConfig(cert, key, nil)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := web.DefaultLimits.Server(handler, nil)
	server.TLSConfig = config
	go server.ServeTLS(listener, "", "") //nolint:errcheck // it is closed below
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

func TestTLSIsModern(t *testing.T) {
	cert, key, pool := certificate(t, t.TempDir(), 1)
	addr := overTLS(t, http.NotFoundHandler(), cert, key)
	for _, row := range []struct {
		why    string
		client *tls.Config
		want   uint16 // 0 where it is refused
	}{
		{"a browser of today", &tls.Config{}, tls.VersionTLS13},
		{"TLS 1.2 with a modern suite", &tls.Config{MaxVersion: tls.VersionTLS12}, tls.VersionTLS12},
		{"TLS 1.1", &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, 0},
		{"a suite that can be altered", &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA}}, 0},
		{"a suite whose key opens what was sent before", &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}}, 0},
	} {
		client := row.client.Clone()
		client.RootCAs, client.ServerName = pool, "localhost"
		conn, err := tls.Dial("tcp", addr, client)
		got := uint16(0)
		if err == nil {
			got = conn.ConnectionState().Version
			conn.Close()
		}
		if got != row.want {
			t.Errorf("%s: version %x, want %x (%v)", row.why, got, row.want, err)
		}
	}
}

// serial is the number of the certificate that is served.
func serial(t *testing.T, addr string) int64 {
	t.Helper()
	conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true}) // whose it is, is what is asked
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

func TestACertificateIsReadAgainWhenItsFilesChange(t *testing.T) {
	folder := t.TempDir()
	cert, key, _ := certificate(t, folder, 1)
	addr := overTLS(t, http.NotFoundHandler(), cert, key)
	if n := serial(t, addr); n != 1 {
		t.Errorf("certificate %d, want 1", n)
	}
	certificate(t, folder, 2)
	if n := serial(t, addr); n != 2 {
		t.Errorf("certificate %d after it was renewed, want 2", n)
	}
	put(t, cert, []byte("half a cert"))
	if n := serial(t, addr); n != 2 {
		t.Errorf("certificate %d while the new one is being written, want the old one", n)
	}
	certificate(t, folder, 3)
	if n := serial(t, addr); n != 3 {
		t.Errorf("certificate %d after another renewal, want 3", n)
	}
	if err := os.Remove(cert); err != nil {
		t.Fatal(err)
	}
	if n := serial(t, addr); n != 3 {
		t.Errorf("certificate %d while there is none, want the old one", n)
	}
	if _, err := web.TLSConfig(cert, key, nil); err == nil || !strings.Contains(err.Error(), "PEM") {
		t.Errorf("a server begins without a certificate: %v", err)
	}
}

// Over TLS, cookies are bound to the host and to TLS, and browsers are told to come
// by no other way.
func TestOverTLSCookiesAreBound(t *testing.T) {
	s := newSite(t)
	handler, err := web.New(s.Service, web.Options{Secure: true})
	if err != nil {
		t.Fatal(err)
	}
	cert, key, pool := certificate(t, t.TempDir(), 1)
	addr := overTLS(t, handler, cert, key)
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "localhost"}, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.PostForm("https://"+addr+"/sign-in", s.credentials(t, "worker", password))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	cookie := answer.Header.Get("Set-Cookie")
	for _, want := range []string{"__Host-session=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
		if !strings.Contains(cookie, want) || strings.Contains(cookie, "Domain") {
			t.Errorf("the cookie is %q, want %q in it", cookie, want)
		}
	}
	if answer.Proto != "HTTP/2.0" || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s, HSTS %q", answer.Proto, answer.Header.Get("Strict-Transport-Security"))
	}
	if plain := s.get(t, "", "/sign-in"); plain.Header.Get("Strict-Transport-Security") != "" {
		t.Error("a page without TLS asks browsers to come by TLS, where there is none")
	}
}

func TestPagesWithoutTLSAreForThisMachineAlone(t *testing.T) {
	for addr, allowed := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "127.8.9.1:80": true, "0.0.0.0:80": false, "[::]:80": false, "10.0.0.4:80": false} {
		tcp, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		if err := web.PlainAllowed(tcp); (err == nil) != allowed {
			t.Errorf("%s: %v", addr, err)
		}
	}
}
