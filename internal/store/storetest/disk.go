package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"stablefutures/internal/id"
	"stablefutures/internal/store"
	"stablefutures/internal/store/pgtest"

	"crypto/rand"
)

// Disk is a file system of its own with room for one test, which can be filled to the
// last byte and emptied again. It is in memory: the kernel says that it is full in the
// same words as of any other disk.
type Disk struct{ folder string }

// SmallDisk makes one of so many megabytes. Only root may; for everybody else the test
// is skipped, saying so.
func SmallDisk(t testing.TB, megabytes string) *Disk {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("a disk that can be filled is a file system of its own, which root alone can mount")
	}
	folder, err := os.MkdirTemp("", "stablefutures-disk-") // not below t.TempDir, which the server may not enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Remove(folder); err != nil {
			t.Error(err)
		}
	})
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "mode=0755,size="+megabytes+"m"); err != nil {
		t.Skipf("a file system for the test cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return &Disk{folder}
}

func (d *Disk) ballast() string { return filepath.Join(d.folder, "ballast") }

// Fill leaves no room.
func (d *Disk) Fill(t testing.TB) {
	t.Helper()
	f, err := os.OpenFile(d.ballast(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// Free gives the room back.
func (d *Disk) Free(t testing.TB) {
	t.Helper()
	if err := os.Remove(d.ballast()); err != nil {
		t.Fatal(err)
	}
}

// EnginesOnSmallDisks runs a test once on each engine with the address of an empty
// database whose disk can be filled. PostgreSQL has its tables there, and what it
// writes ahead elsewhere: a server that cannot write ahead stops, and is away.
func EnginesOnSmallDisks(t *testing.T, test func(t *testing.T, dsn string, disk *Disk)) {
	t.Helper()
	t.Run(string(store.SQLite), func(t *testing.T) {
		disk := SmallDisk(t, "8")
		test(t, filepath.Join(disk.folder, "test.db"), disk)
	})
	t.Run(string(store.PostgreSQL), func(t *testing.T) {
		disk := SmallDisk(t, "32")
		test(t, postgresOn(t, disk), disk)
	})
}

func postgresOn(t testing.TB, disk *Disk) string {
	t.Helper()
	folder := filepath.Join(disk.folder, "tables")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := pgtest.Own(folder); err != nil {
		t.Fatal(err)
	}
	// Of its own: a full disk would hinder the checkpoints of a cluster that others use.
	cluster, err := pgtest.Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	address := cluster.URL
	space := "s" + id.NewSource(rand.Reader).New()
	admin(t, address, "create tablespace "+space+" location '"+folder+"'")
	t.Cleanup(func() { admin(t, address, "drop tablespace "+space) })
	return database(t, address, " tablespace "+space)
}
