package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// fuzzTime is how long each fuzz test looks for a file that breaks its reader.
// minimise is how often a file that reached new code is tried again shorter: left
// alone, that takes a minute of each file, and so all of fuzzTime.
const (
	fuzzTime = "3s"
	minimise = "5x"
)

// fuzzTest is one fuzz test, by the folder of its package.
type fuzzTest struct{ folder, name string }

var fuzzFunc = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzzTests finds every fuzz test below a folder.
func fuzzTests(root string) (list []fuzzTest, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, found := range fuzzFunc.FindAllSubmatch(text, -1) {
			list = append(list, fuzzTest{"./" + filepath.ToSlash(filepath.Dir(path)), string(found[1])})
		}
		return err
	})
	return list, err
}

// fuzz runs every fuzz test for a few seconds and gives how many found a crash.
// One that did leaves the file that did it in testdata/fuzz of its package.
func fuzz(ctx context.Context) (failed int, err error) {
	list, err := fuzzTests(".")
	if err != nil {
		return 0, err
	}
	for _, f := range list {
		out, err := f.run(ctx)
		if err != nil && ranOutOfTime(out) {
			out, err = f.run(ctx)
		}
		if err != nil {
			failed++
			fmt.Printf("FAIL %s in %s\n%s", f.name, f.folder, out)
			continue
		}
		fmt.Printf("fuzzed %s in %s for %s\n", f.name, f.folder, fuzzTime)
	}
	return failed, nil
}

func (f fuzzTest) run(ctx context.Context) ([]byte, error) {
	return exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+f.name+"$", "-fuzztime", fuzzTime, "-fuzzminimizetime", minimise, "-parallel", "2", f.folder).CombinedOutput()
}

// ranOutOfTime tells a run that found nothing, and that go test calls failed because the
// time was up while a worker had not answered yet.
func ranOutOfTime(out []byte) bool {
	return bytes.Contains(out, []byte("context deadline exceeded")) && !bytes.Contains(out, []byte("Failing input"))
}
