// Package pgtest starts a real PostgreSQL for tests, in a temporary folder on a
// free port, and stops it. It is used by tests and by the tool that runs them;
// the program itself must not import it.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env names a running cluster's URL, so that the packages of one test run share
// a cluster instead of starting one each.
const Env = "STABLEFUTURES_TEST_POSTGRES"

// prefix begins the name of each cluster's temporary folder; owner is the file in it
// that holds the id of the process that started it.
const (
	prefix = "stablefutures-postgres-"
	owner  = "owner"
)

// ErrAbsent is returned where no PostgreSQL server is installed.
var ErrAbsent = errors.New("no PostgreSQL server found: install it (Debian: apt-get install postgresql), or put initdb and postgres on the PATH")

// Cluster is a PostgreSQL server of our own.
type Cluster struct {
	URL    string // of its database "postgres", as a superuser
	folder string
	bin    string
	port   int
	who    *syscall.Credential
	server *exec.Cmd // nil where it is not running
	log    *bytes.Buffer
}

// Start makes and starts a cluster. PostgreSQL refuses to run as root, so that
// root starts it as the user postgres, or nobody.
func Start(ctx context.Context) (*Cluster, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	if err := sweep(); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", prefix)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, owner), []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		return nil, err
	}
	c := &Cluster{folder: folder, bin: bin}
	if err := c.start(ctx); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context) (err error) {
	if c.who, err = unprivileged(); err != nil {
		return err
	}
	if err := Own(c.folder); err != nil {
		return err
	}
	make := exec.CommandContext(ctx, filepath.Join(c.bin, "initdb"), "-D", c.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	make.SysProcAttr = &syscall.SysProcAttr{Credential: c.who}
	make.Dir = c.folder
	if out, err := make.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	if c.port, err = freePort(); err != nil {
		return err
	}
	c.URL = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", c.port)
	return c.Again(ctx)
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

// Again starts the server of a cluster that was stopped or killed, at the same
// address, and returns when it answers.
func (c *Cluster) Again(ctx context.Context) error {
	c.log = &bytes.Buffer{}
	c.server = exec.Command(filepath.Join(c.bin, "postgres"), "-D", c.data(), "-p", strconv.Itoa(c.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+c.folder, "-c", "max_connections=300",
		"-c", "dynamic_shared_memory_type=mmap") // in the folder, so that a killed server leaves nothing behind elsewhere
	c.server.SysProcAttr = &syscall.SysProcAttr{Credential: c.who, Pdeathsig: syscall.SIGKILL}
	c.server.Dir = c.folder
	c.server.Stdout, c.server.Stderr = c.log, c.log
	if err := c.server.Start(); err != nil {
		return err
	}
	return c.wait(ctx)
}

// Own gives a folder to whoever the server runs as.
func Own(folder string) error {
	who, err := unprivileged()
	if err != nil || who == nil {
		return err
	}
	return os.Chown(folder, int(who.Uid), int(who.Gid))
}

// wait returns when the server answers a client, at most a minute later: it
// takes connections before it is ready to serve them.
func (c *Cluster) wait(ctx context.Context) error {
	for range 600 {
		conn, err := pgx.Connect(ctx, c.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("PostgreSQL did not start:\n%s", c.log)
}

// Stop stops the server at once and removes its folder.
func (c *Cluster) Stop() error {
	return errors.Join(c.Halt(), os.RemoveAll(c.folder))
}

// Halt stops the server at once: it cuts every connection off in the middle of what it
// does, and leaves to its next start what has to be put right.
func (c *Cluster) Halt() error { return c.end(syscall.SIGQUIT) }

// Kill ends the server as the kernel does when memory runs out: it has no time for
// anything. Its other processes notice and end too.
func (c *Cluster) Kill() error { return c.end(syscall.SIGKILL) }

// end returns when every process of the server is gone: all of them hold the end of
// its log that is waited for.
func (c *Cluster) end(signal syscall.Signal) error {
	if c.server == nil || c.server.Process == nil {
		return nil
	}
	err := c.server.Process.Signal(signal)
	var exit *exec.ExitError
	if waited := c.server.Wait(); waited != nil && !errors.As(waited, &exit) {
		err = errors.Join(err, waited)
	}
	c.server = nil
	return err
}

// sweep removes the folders of clusters whose process is gone. The server itself may
// be gone for a while in a test that kills it. A folder without an owner is one that is
// being made.
func sweep() error {
	folders, err := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		written, err := os.ReadFile(filepath.Join(folder, owner))
		if err != nil {
			continue // another's, or gone meanwhile
		}
		pid, err := strconv.Atoi(string(written))
		if err == nil && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			err = os.RemoveAll(folder)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// find is the folder of initdb and postgres: on the PATH, or where Debian keeps them.
func find() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", ErrAbsent
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged is who the server runs as; nil where we are not root.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		who, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(who.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(who.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
