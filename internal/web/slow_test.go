package web_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/web"
)

// brief are limits that a test can wait for.
var brief = web.Limits{Header: 300 * time.Millisecond, Read: 600 * time.Millisecond, Write: 600 * time.Millisecond, Idle: 300 * time.Millisecond, HeaderBytes: 8 << 10, Connections: 3}

// serveBrief serves a handler with brief limits; it gives the address.
func serveBrief(t *testing.T, handler http.Handler) string {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := brief.Server(handler, slog.New(slog.DiscardHandler))
	go server.Serve(brief.Listener(inner)) //nolint:errcheck // it is closed below
	t.Cleanup(func() { server.Close() })
	return inner.Addr().String()
}

func connect(t *testing.T, addr string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// dribble sends text again and again, slowly, until the other side hangs up; it fails
// the test where that never comes.
func dribble(t *testing.T, conn net.Conn, text string) {
	t.Helper()
	end := time.Now().Add(30 * time.Second)
	for time.Now().Before(end) {
		if _, err := io.WriteString(conn, text); err != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("a client that sends a little now and then is never dropped")
}

func TestSlowClientsAreDropped(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for limits to pass")
	}
	s := newSite(t)
	handler, err := web.New(s.Service, web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	addr := serveBrief(t, handler)
	t.Run("a header that never ends", func(t *testing.T) {
		conn := connect(t, addr)
		io.WriteString(conn, "GET /sign-in HTTP/1.1\r\nHost: localhost\r\n") //nolint:errcheck // what follows tells
		dribble(t, conn, "X-More: 1\r\n")
	})
	t.Run("a form that never ends", func(t *testing.T) {
		conn := connect(t, addr)
		io.WriteString(conn, "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\n\r\n") //nolint:errcheck // what follows tells
		dribble(t, conn, "username=")
	})
	t.Run("a connection on which nothing is asked any more", func(t *testing.T) {
		conn := connect(t, addr)
		io.WriteString(conn, "GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n") //nolint:errcheck // what follows tells
		conn.SetReadDeadline(time.Now().Add(30 * time.Second))                   //nolint:errcheck // of a connection that is open
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Errorf("it is never closed: %v", err)
		}
	})
	t.Run("a header that is too large", func(t *testing.T) {
		conn := connect(t, addr)
		fmt.Fprintf(conn, "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Large: %s\r\n\r\n", strings.Repeat("x", 64<<10))
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("status %d", answer.StatusCode)
		}
	})
}

// A reader that does not read is dropped, and whoever writes to it is free again.
func TestAReaderThatDoesNotRead(t *testing.T) {
	ended := make(chan error, 1)
	addr := serveBrief(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		page := bytes.Repeat([]byte("x"), 1<<20)
		for range 1000 {
			if _, err := w.Write(page); err != nil {
				ended <- err
				return
			}
		}
		ended <- nil
	}))
	conn := connect(t, addr)
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") //nolint:errcheck // what follows tells
	select {
	case err := <-ended:
		if err == nil {
			t.Error("a gigabyte was written to somebody who reads nothing")
		}
	case <-time.After(30 * time.Second):
		t.Error("whoever writes to somebody who reads nothing is never free again")
	}
}

// No more are connected at once than the limit; the next is served when one ends.
func TestConnectionsAreBounded(t *testing.T) {
	var mu sync.Mutex
	at, most := 0, 0
	hold := make(chan struct{})
	addr := serveBrief(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		at++
		most = max(most, at)
		mu.Unlock()
		<-hold
		mu.Lock()
		at--
		mu.Unlock()
	}))
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
			answer, err := client.Get("http://" + addr)
			if err == nil {
				err = errors.Join(answer.Body.Close())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	for full := false; !full; {
		mu.Lock()
		full = at >= brief.Connections
		mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond) // in which a twelfth would come where there were no limit
	close(hold)
	all.Wait()
	if most != brief.Connections {
		t.Errorf("%d at once, want %d", most, brief.Connections)
	}
}
