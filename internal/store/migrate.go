package store

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate makes the tables of an empty database, or brings them up to date, and nothing
// else: no key is made and nothing is sealed before somebody opens it.
func Migrate(ctx context.Context, dsn string) error {
	db, err := connect(dsn)
	if err != nil {
		return err
	}
	return errors.Join(db.migrate(ctx), db.Close())
}

// migrate brings the tables up to date.
func (db *DB) migrate(ctx context.Context) error {
	provider, err := db.steps()
	if err != nil {
		return err
	}
	if _, err = provider.Up(ctx); err != nil || db.Engine == PostgreSQL {
		return err
	}
	return db.steer(ctx)
}

// migrateTo makes the tables as they were at a version of the schema.
func (db *DB) migrateTo(ctx context.Context, version int64) error {
	provider, err := db.steps()
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

var schemaNow = statement(`select max(version_id) from goose_db_version`)

// Schema is the version of the tables of the database.
func (tx *Tx) Schema() (version int64, err error) {
	err = tx.one(schemaNow, nil, &version)
	return version, err
}

// latestSchema is the version of the latest migration; their names begin with it.
func latestSchema() (version int64, err error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	for _, name := range names {
		number, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		version = max(version, number)
	}
	return version, err
}

// steps are the migrations to the tables of this program. Several processes may
// start at once: on PostgreSQL a lock table lets one of them work; on SQLite each migration is
// one immediate transaction.
func (db *DB) steps() (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithLogger(goose.NopLogger())}
	dialect, files := goose.DialectSQLite3, fs.FS(strictFS{folder})
	if db.Engine == PostgreSQL {
		dialect, files = goose.DialectPostgres, folder
		locker, err := lock.NewPostgresTableLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithLocker(locker))
	}
	return goose.NewProvider(dialect, db.writer, files, options...)
}

// strictFS gives the migrations in SQLite's words: its tables are made STRICT, which
// PostgreSQL's are anyway, and some of them are kept in the order of their key, which
// saves an index where many rows are added at once.
type strictFS struct{ fs.FS }

func (s strictFS) Open(name string) (fs.File, error) {
	file, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return file, err
	}
	text, err := fs.ReadFile(s.FS, name)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	return &memoryFile{info: info, Reader: strings.NewReader(inSQLite.Replace(string(text)))}, nil
}

var inSQLite = strings.NewReplacer("/*strict*/", "strict", "/*strict, by its key*/", "strict, without rowid")

// memoryFile is a file whose text was changed on the way. Its Stat still tells
// the size of the original, which no reader here relies on.
type memoryFile struct {
	*strings.Reader
	info fs.FileInfo
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *memoryFile) Close() error               { return nil }
