package web_test

import (
	"context"
	"net/http"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"stablefutures/internal/locale"
	"stablefutures/internal/web/webtest"
)

// conditions is how the browser's network is throttled: a command that every Chromium of
// today knows, and that the library has no name for any more.
type conditions struct {
	Offline  bool    `json:"offline"`
	Latency  float64 `json:"latency"`            // ms
	Download float64 `json:"downloadThroughput"` // bytes a second
	Upload   float64 `json:"uploadThroughput"`
}

var throttle = cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// A slow mobile network and a cheap phone, as Lighthouse has them: 1.6 Mbit/s down, 750
// kbit/s up, 150 ms there and back, a processor a quarter as fast.
func slowPhone(ctx context.Context, target *chromedp.Target) error {
	if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, target, throttle, conditions{Latency: 150, Download: 1.6e6 / 8, Upload: 750e3 / 8}); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, target, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
	return err
}

// largestPaint is when the largest thing of the page was drawn, in milliseconds.
const largestPaint = `new Promise(tell => new PerformanceObserver(list => tell(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true}))`

// BenchmarkLargestPaintOnSlow4G measures in a browser how soon the largest thing of each
// page of a young person is drawn, in every language, with nothing kept from before. The
// aim is 1,200 ms. `make bench` reads the figures: each stands under its language and its
// address, and that of the page after leaving, on which hardly anything is, under "closed".
func BenchmarkLargestPaintOnSlow4G(b *testing.B) {
	s := newSite(b)
	browser := webtest.Start(b)
	for _, tag := range locale.Tags {
		cookie := s.talkative(b, tag)
		p := s.ownPagesOf(b, cookie)
		for _, path := range p.all {
			s.paints(b, browser, tag, path, cookie)
		}
	}
	s.paints(b, browser, "closed", "/closed", nil)
}

// paints measures one page. Its tab closes behind it: one that stays open would slow the
// next.
func (s *site) paints(b *testing.B, browser *webtest.Browser, under, path string, cookie *http.Cookie) {
	b.Helper()
	b.Run(under+withoutID.ReplaceAllString(path, "/..."), func(b *testing.B) {
		visit := webtest.Visit{URL: s.URL + "/healthy", Width: 360, Height: 640}
		if cookie != nil {
			visit.Cookies = []*http.Cookie{cookie}
		}
		slowest := 0.0
		for b.Loop() {
			tab := browser.Open(b, visit)
			tab.Run(b, chromedp.Func(slowPhone))
			tab.Go(b, s.URL+path)
			slowest = max(slowest, webtest.Evaluate[float64](b, tab, largestPaint))
		}
		b.ReportMetric(slowest, "ms-slowest")
	})
}

// withoutID is what differs from run to run in an address.
var withoutID = regexp.MustCompile(`/[a-z0-9]{20,}`)
