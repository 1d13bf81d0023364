package web_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

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
// page of a young person is drawn, with nothing kept from before. The aim is 1,200 ms.
func BenchmarkLargestPaintOnSlow4G(b *testing.B) {
	s := newSite(b)
	cookie := s.talkative(b, "ar")
	browser := webtest.Start(b)
	for _, path := range ownPages {
		b.Run(path, func(b *testing.B) { // its tab closes behind it: one that stays open would slow the next
			slowest := 0.0
			for b.Loop() {
				tab := browser.Open(b, webtest.Visit{URL: s.URL + "/healthy", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
				tab.Run(b, chromedp.Func(slowPhone))
				tab.Go(b, s.URL+path)
				slowest = max(slowest, webtest.Evaluate[float64](b, tab, largestPaint))
			}
			b.ReportMetric(slowest, "ms-slowest")
		})
	}
}
