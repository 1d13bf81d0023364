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
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env names a running cluster's URL, so that the packages of one test run share
// a cluster instead of starting one each.
const Env = "STABLEFUTURES_TEST_POSTGRES"

// prefix begins the name of each cluster's temporary folder.
const prefix = "stablefutures-pg-"

// ErrAbsent is returned where no PostgreSQL server is installed.
var ErrAbsent = errors.New("no PostgreSQL server found: install it (Debian: apt-get install postgresql), or put initdb and postgres on the PATH")

// Cluster is a PostgreSQL server of our own.
type Cluster struct {
	URL    string // of its database "postgres", as a superuser
	folder string
	server *exec.Cmd
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
	c := &Cluster{folder: folder, log: &bytes.Buffer{}}
	if err := c.start(ctx, bin); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context, bin string) error {
	who, err := unprivileged()
	if err != nil {
		return err
	}
	if who != nil {
		if err := os.Chown(c.folder, int(who.Uid), int(who.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(c.folder, "data")
	make := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	make.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	make.Dir = c.folder
	if out, err := make.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	c.URL = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	c.server = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+c.folder, "-c", "max_connections=300")
	c.server.SysProcAttr = &syscall.SysProcAttr{Credential: who, Pdeathsig: syscall.SIGKILL}
	c.server.Dir = c.folder
	c.server.Stdout, c.server.Stderr = c.log, c.log
	if err := c.server.Start(); err != nil {
		return err
	}
	return c.wait(ctx)
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
	var err error
	if c.server != nil && c.server.Process != nil {
		err = c.server.Process.Signal(syscall.SIGQUIT)
		var exit *exec.ExitError
		if waited := c.server.Wait(); waited != nil && !errors.As(waited, &exit) {
			err = errors.Join(err, waited)
		}
	}
	return errors.Join(err, os.RemoveAll(c.folder))
}

// sweep removes the folders of clusters that were killed with their test. A
// folder without a process id is one that is being made.
func sweep() error {
	folders, err := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		written, err := os.ReadFile(filepath.Join(folder, "data", "postmaster.pid"))
		if err != nil {
			continue // another's, or gone meanwhile
		}
		first, _, _ := strings.Cut(string(written), "\n")
		pid, err := strconv.Atoi(first)
		if err == nil && pid < 0 {
			pid = -pid // initdb is at work: PostgreSQL writes a process that serves nobody so
		}
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
