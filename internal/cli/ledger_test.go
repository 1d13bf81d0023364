package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/cli"
	"stablefutures/internal/store"
)

// attack is the command of transcripts that changes the database past the program.
func attack() {
	dsn, driver := os.Getenv("STABLEFUTURES_DB"), "sqlite"
	if store.IsPostgreSQL(dsn) {
		driver = "pgx"
	}
	db, err := sql.Open(driver, dsn)
	if err == nil {
		_, err = db.Exec(strings.Join(os.Args[1:], " "))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// While serving, a checkpoint of the log goes to a folder and by e-mail, and when the
// serving ends another one, of what was written since. Both can be verified.
func TestCheckpointsLeaveTheMachine(t *testing.T) {
	dir := t.TempDir()
	dsn, folder := filepath.Join(dir, "council.db"), filepath.Join(dir, "elsewhere", "checkpoints")
	inbox := newInbox(t)
	command := func(args ...string) (code int, out string) {
		var both bytes.Buffer
		code = cli.Run(t.Context(), append(args, "--db", dsn), cli.Streams{In: strings.NewReader("three unrelated words\n"), Out: &both, Err: &both})
		return code, both.String()
	}
	add := func(username string) {
		t.Helper()
		if code, out := command("account", "add", "--authority", "999", "--council", "Fernshire", "--role", "worker", "--username", username, "--name", "N"); code != 0 {
			t.Fatal(out)
		}
	}
	add("ada")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	var said lockedBuffer
	go func() {
		ended <- cli.Run(ctx, []string{"serve", "--db", dsn, "--listen", "127.0.0.1:0", "--checkpoint-to", folder, "--checkpoint-mail", "dpo@council.example", "--smtp", inbox.address},
			cli.Streams{Out: &said, Err: &said})
	}()
	first := filepath.Join(folder, "999-3.checkpoint")
	waitFor(t, &said, func() bool { _, err := os.Stat(first); return err == nil && len(inbox.messages()) > 0 })
	add("bob")
	stop()
	if code := <-ended; code != 0 {
		t.Fatalf("serve ended with %d: %s", code, said.String())
	}
	last := filepath.Join(folder, "999-5.checkpoint")
	if code, out := command("ledger", "verify", "--checkpoint", first, "--checkpoint", last); code != 0 || !strings.Contains(out, "It fits 2 checkpoints.") {
		t.Errorf("exit code %d: %s", code, out)
	}
	mails := inbox.messages()
	if len(mails) != 2 {
		t.Fatalf("%d messages came, want 2: %q", len(mails), mails)
	}
	for n, path := range []string{first, last} {
		m, err := mail.ReadMessage(strings.NewReader(mails[n]))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ReplaceAll(string(body), "\r\n", "\n") != string(kept) {
			t.Errorf("message %d says %q, the file %q", n, body, kept)
		}
		if m.Header.Get("To") != "dpo@council.example" || !strings.Contains(m.Header.Get("Subject"), "log of 999") {
			t.Errorf("the head of the message: %v", m.Header)
		}
		saved := filepath.Join(dir, "saved")
		if err := os.WriteFile(saved, body, 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out := command("ledger", "verify", "--checkpoint", saved); code != 0 {
			t.Errorf("what came by e-mail does not verify: %s", out)
		}
	}
}

// Where a checkpoint is to go is checked before anything is served.
func TestWhereCheckpointsGoIsCheckedFirst(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--checkpoint-mail", "dpo@council.example"}, "needs --smtp HOST:PORT"},
		{[]string{"--checkpoint-mail", "dpo@council.example\r\nBcc: x@y.example", "--smtp", "localhost:25"}, "is no e-mail address"},
		{[]string{"--checkpoint-mail", "dpo@council.example", "--smtp", "localhost:25", "--mail-from", "nobody"}, "is no e-mail address"},
	} {
		var said bytes.Buffer
		code := cli.Run(t.Context(), append([]string{"serve", "--db", filepath.Join(t.TempDir(), "x.db"), "--listen", "127.0.0.1:0"}, c.args...), cli.Streams{Out: &said, Err: &said})
		if code != 1 || !strings.Contains(said.String(), c.want) {
			t.Errorf("%q: exit code %d, said was %q, not %q", c.args, code, said.String(), c.want)
		}
	}
}

func waitFor(t *testing.T, said *lockedBuffer, done func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it did not come to be in a minute; said was %s", said.String())
		}
	}
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// inbox is a small mail server that keeps every message.
type inbox struct {
	address string
	mu      sync.Mutex
	kept    []string
}

func newInbox(t *testing.T) *inbox {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	i := &inbox{address: listener.Addr().String()}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go i.talk(conn)
		}
	}()
	return i
}

func (i *inbox) messages() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]string(nil), i.kept...)
}

func (i *inbox) talk(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 council.example")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.Fields(line + " .")[0]); verb {
		case "DATA":
			say("354 go on")
			var message strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				message.WriteString(strings.TrimPrefix(line, "."))
			}
			i.mu.Lock()
			i.kept = append(i.kept, message.String())
			i.mu.Unlock()
			say("250 kept")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 yes")
		}
	}
}
