package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"stablefutures/internal/service"
)

// checkpointFlags say where checkpoints of the logs are sent while serving.
type checkpointFlags struct {
	CheckpointTo   string `env:"STABLEFUTURES_CHECKPOINT_TO" placeholder:"DIR" help:"Folder, best on another machine, that gets a checkpoint of each log every hour in which it grew, and at the end."`
	CheckpointMail string `env:"STABLEFUTURES_CHECKPOINT_MAIL" placeholder:"ADDRESS" help:"E-mail address that gets the same. It needs --smtp."`
	SMTP           string `name:"smtp" aliases:"mail-server" env:"STABLEFUTURES_SMTP" placeholder:"HOST:PORT" help:"Server that takes e-mail from this machine: checkpoints, and to those on duty that something waits for them."`
	MailFrom       string `env:"STABLEFUTURES_MAIL_FROM" default:"stablefutures@localhost" placeholder:"ADDRESS" help:"Address that e-mail comes from. (default: ${default})"`
}

// checkpointEvery is how long somebody could cut off entries that no checkpoint holds yet.
const checkpointEvery = time.Hour

// checkpointAgain is how often it is looked whether a checkpoint is due, and so how soon
// what failed is tried again.
const checkpointAgain = 5 * time.Minute

// checkpointSink is one place that checkpoints are sent to.
type checkpointSink interface {
	send(ctx context.Context, c service.Checkpoint) error
	String() string
}

// sinks are the places that the flags name.
func (f checkpointFlags) sinks() ([]checkpointSink, error) {
	var list []checkpointSink
	if f.CheckpointTo != "" {
		list = append(list, checkpointFolder(f.CheckpointTo))
	}
	if f.CheckpointMail == "" {
		return list, nil
	}
	server, err := f.mailer()
	if err != nil {
		return nil, err
	}
	if server == nil {
		return nil, errors.New("--checkpoint-mail needs --smtp HOST:PORT, the server that takes e-mail from this machine")
	}
	to, err := mail.ParseAddress(f.CheckpointMail)
	if err != nil {
		return nil, fmt.Errorf("--checkpoint-mail %q is no e-mail address", f.CheckpointMail)
	}
	return append(list, checkpointMail{*server, to.Address}), nil
}

// checkpointSender sends checkpoints off the machine. It is used by one goroutine.
type checkpointSender struct {
	service *service.Service
	log     *slog.Logger
	sinks   []checkpointSink
	sent    map[string]sentCheckpoint // by sink and authority
}

type sentCheckpoint struct {
	size int64
	at   time.Time
}

// run sends what is due, again and again until the context ends, and then what grew since.
func (c *checkpointSender) run(ctx context.Context, again <-chan time.Time) {
	if len(c.sinks) == 0 {
		return
	}
	for {
		c.send(ctx, checkpointEvery)
		select {
		case <-ctx.Done():
			last, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer stop()
			c.send(last, 0)
			return
		case <-again:
		}
	}
}

// send sends a checkpoint of each log that grew, to each place that got its last one at
// least so long ago. What fails is logged, and is due again at once.
func (c *checkpointSender) send(ctx context.Context, every time.Duration) {
	list, err := c.service.Checkpoints(ctx)
	if err != nil {
		if ctx.Err() == nil {
			c.log.Error("no checkpoint of the log could be made", "error", err)
		}
		return
	}
	for _, sink := range c.sinks {
		for _, point := range list {
			key := sink.String() + "\n" + point.Authority
			last, before := c.sent[key]
			if before && (point.Size == last.size || c.service.Now().Sub(last.at) < every) {
				continue
			}
			if point.Size < last.size {
				c.log.Error("THE LOG IS SHORTER THAN ITS LAST CHECKPOINT: entries were cut off; run `stablefutures ledger verify` with that checkpoint", "authority", point.Authority, "entries", point.Size, "were", last.size)
			}
			if err := sink.send(ctx, point); err != nil {
				c.log.Error("a checkpoint of the log could not be sent, and is tried again", "to", sink.String(), "authority", point.Authority, "error", err)
				continue
			}
			c.sent[key] = sentCheckpoint{point.Size, c.service.Now()}
		}
	}
}

// checkpointFolder keeps each checkpoint in a file of its own.
type checkpointFolder string

func (f checkpointFolder) String() string { return string(f) }

// send writes a file whole or not at all. One that is there already must say the same,
// and none may be of more entries: that is said also after a start anew, by the folder itself.
func (f checkpointFolder) send(_ context.Context, c service.Checkpoint) error {
	path := filepath.Join(string(f), checkpointName(c.Authority, strconv.FormatInt(c.Size, 10)))
	there, err := os.ReadFile(path)
	switch {
	case err == nil && !bytes.Equal(there, c.Text):
		return fmt.Errorf("%s says something else of as many entries: the log was written anew; run `stablefutures ledger verify --checkpoint %s`", path, path)
	case errors.Is(err, fs.ErrNotExist):
		if err := writeWhole(path, c.Text); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	return f.shorter(c)
}

// shorter finds a checkpoint in the folder that is of more entries than the log has.
func (f checkpointFolder) shorter(c service.Checkpoint) error {
	list, err := filepath.Glob(filepath.Join(string(f), checkpointName(c.Authority, "*")))
	if err != nil {
		return err
	}
	begin, end, _ := strings.Cut(checkpointName(c.Authority, "*"), "*")
	for _, path := range list {
		size, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), begin), end), 10, 64)
		if err == nil && size > c.Size {
			return fmt.Errorf("the log has %d entries, and %s is of more: entries were cut off, run `stablefutures ledger verify --checkpoint %s`; where a backup was restored on purpose, move that file away", c.Size, path, path)
		}
	}
	return nil
}

// checkpointName names a file by its log and size. An authority's code is letters and digits.
func checkpointName(authority, size string) string {
	if authority == "" {
		authority = "no-authority"
	}
	return authority + "-" + size + ".checkpoint"
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, text []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".checkpoint-")
	if err != nil {
		return err
	}
	_, err = temp.Write(text)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}
