package main

import (
	"testing"
	"time"
)

// The figures that the benchmark of the pages prints are read as they stand there.
func TestPaintsAreRead(t *testing.T) {
	pages := paintsIn(`goos: linux
cpu: AMD EPYC
BenchmarkLargestPaintOnSlow4G/en/me-2                 	       2	 968741220 ns/op	       492.0 ms-slowest
BenchmarkLargestPaintOnSlow4G/en/me/about/home.1-2    	       2	1170682384 ns/op	       646.4 ms-slowest
BenchmarkLargestPaintOnSlow4G/en/me/asks/...          	       2	 994420294 ns/op	       558.6 ms-slowest
BenchmarkLargestPaintOnSlow4G/prs/me/now?again-16     	       2	 921469358 ns/op	      1322.0 ms-slowest
PASS
`)
	if got, want := slowest(pages["en"]), (painted{"/me/about/home.1", 646400 * time.Microsecond}); got != want || len(pages["en"]) != 3 {
		t.Errorf("the slowest of %+v is %+v", pages["en"], got)
	}
	if got, want := slowest(pages["prs"]), (painted{"/me/now?again", 1322 * time.Millisecond}); got != want {
		t.Errorf("the slowest is %+v", got)
	}
	if l := (line{aim: "< 1.2 s", missed: true}); l.wanted() != "< 1.2 s **missed**" {
		t.Errorf("an aim that is missed reads %q", l.wanted())
	}
}
