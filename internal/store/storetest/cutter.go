package storetest

import (
	"bytes"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
)

// Cutter stands between the program and PostgreSQL. Once it is told to, it breaks one
// connection: when a word passes to the server, either before the server gets it or
// after it answered, so that the answer is lost.
type Cutter struct {
	address string // of PostgreSQL
	word    atomic.Pointer[string]
	after   atomic.Bool
}

func (c *Cutter) serve(l net.Listener) {
	for {
		client, err := l.Accept()
		if err != nil {
			return // the test is over
		}
		server, err := net.Dial("tcp", c.address)
		if err != nil {
			client.Close()
			continue
		}
		go c.pass(client, server)
	}
}

func (c *Cutter) pass(client, server net.Conn) {
	var lost atomic.Bool // the next answer does not arrive
	end := func() {
		client.Close()
		server.Close()
	}
	go func() {
		defer end()
		buffer := make([]byte, 1<<16)
		for {
			n, err := server.Read(buffer)
			if err != nil || lost.Load() {
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	defer func() {
		if !lost.Load() {
			end()
		}
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		word := c.word.Load()
		if word != nil && bytes.Contains(buffer[:n], []byte(*word)) && c.word.CompareAndSwap(word, nil) {
			if !c.after.Load() {
				return
			}
			lost.Store(true)
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// Cut breaks the next connection on which the word passes.
func (c *Cutter) Cut(word string, after bool) {
	c.after.Store(after)
	c.word.Store(&word)
}

// PostgresBehindCutter is the address of an empty PostgreSQL database behind a cutter.
func PostgresBehindCutter(t testing.TB) (string, *Cutter) {
	t.Helper()
	u, err := url.Parse(Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &Cutter{address: u.Host}
	go c.serve(l)
	u.Host = l.Addr().String()
	return u.String(), c
}
