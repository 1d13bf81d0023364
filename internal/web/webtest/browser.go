package webtest

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one step of a browser may take; the machine may be busy.
const patience = 60 * time.Second

// Browser is a test's part of a running Chromium. There is one Chromium for all tests of a
// package, which ends with the process; each tab has cookies and storage of its own.
type Browser struct {
	ctx     context.Context
	started testing.TB // the test that started it
	checker *Tab       // of Check; made when first needed, and ends with the test
}

// Start gives the browser, or skips the test and says why where there is none. CHROMIUM
// names another program than those on the path.
func Start(t testing.TB) *Browser {
	t.Helper()
	program := find()
	if program == "" {
		t.Skip("no Chromium on this machine (install `chromium`, or name one in CHROMIUM): the page was not looked at in a browser")
	}
	running.Do(func() { chromium, startErr = start(program) })
	if startErr != nil {
		t.Fatalf("%s does not start: %v", program, startErr)
	}
	return &Browser{ctx: chromium, started: t}
}

var (
	running  sync.Once
	chromium context.Context
	startErr error
)

func start(program string) (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true)) // a microphone that beeps
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	return ctx, chromedp.Do(ctx)
}

func find() string {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return named
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Visit says which page to open, and how.
type Visit struct {
	URL      string
	Width    int // 1280 where zero
	Height   int // 800 where zero
	Cookies  []*http.Cookie
	NoScript bool // as for somebody whose script does not run
	Print    bool // as on paper
	Forced   bool // in colours that the reader chose
	Refusal  bool // the page says what is wrong: its status is no complaint
}

// Tab is an open page.
type Tab struct {
	ctx        context.Context
	mu         sync.Mutex
	complaints []string
	axe        bool // every page that is opened has it
}

// Open opens a page and waits until it is loaded. The tab closes with the test.
func (b *Browser) Open(t testing.TB, v Visit) *Tab {
	t.Helper()
	tab, stop := b.tab(t)
	t.Cleanup(stop)
	tab.load(t, v)
	return tab
}

// anew opens a page in the one tab that Check looks at pages in, as somebody new: a
// tab of its own for each look takes longer than the look.
func (b *Browser) anew(t testing.TB, v Visit) *Tab {
	t.Helper()
	if b.checker == nil {
		var stop func()
		b.checker, stop = b.tab(t)
		b.started.Cleanup(func() { b.checker = nil; stop() })
	}
	tab := b.checker
	tab.do(t, scripts(true), chromedp.Navigate("about:blank"), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.ClearBrowserCookies, cdp.Empty{})
		return err
	}))
	tab.mu.Lock()
	tab.complaints = nil
	tab.mu.Unlock()
	tab.load(t, v)
	return tab
}

// tab is an empty tab with cookies of its own.
func (b *Browser) tab(t testing.TB) (*Tab, func()) {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	tab := &Tab{ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("no tab: %v", err)
	}
	if err := chromedp.Listen(ctx, tab.hear); err != nil {
		t.Fatalf("no ear: %v", err)
	}
	return tab, stop
}

func (tab *Tab) load(t testing.TB, v Visit) {
	t.Helper()
	tab.do(t, v.prepare(), chromedp.Navigate(v.URL))
	if v.NoScript {
		// The page has been drawn without its scripts, which do not run any more;
		// axe, which comes later, may.
		tab.do(t, scripts(true))
	}
}

// Run does steps of chromedp in the tab, with patience.
func (tab *Tab) Run(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	tab.do(t, steps...)
}

func (tab *Tab) do(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, stop := context.WithTimeout(tab.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("in the browser: %v", err)
	}
}

// Evaluate gives the value of an expression in the page; promises are awaited.
func Evaluate[T any](t testing.TB, tab *Tab, expression string) T {
	t.Helper()
	value, err := evaluate[T](tab, expression)
	if err != nil {
		t.Fatalf("in the page: %v", err)
	}
	return value
}

// Leads evaluates an expression that leads to another page. Where the browser is there
// before it has answered, the answer is true: what has come is for Until to tell.
func (tab *Tab) Leads(t testing.TB, expression string) bool {
	t.Helper()
	leads, err := evaluate[bool](tab, expression)
	if err != nil && strings.Contains(err.Error(), "Inspected target navigated or closed") {
		return true
	}
	if err != nil {
		t.Fatalf("in the page: %v", err)
	}
	return leads
}

func evaluate[T any](tab *Tab, expression string) (T, error) {
	ctx, stop := context.WithTimeout(tab.ctx, patience)
	defer stop()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Until waits until an expression is true, and fails with what it waited for. Where it
// cannot be worked out, the page may just be giving way to the next.
func (tab *Tab) Until(t testing.TB, what, expression string) {
	t.Helper()
	var last error
	for start := time.Now(); time.Since(start) < patience; time.Sleep(50 * time.Millisecond) {
		is, err := evaluate[bool](tab, expression)
		if is {
			return
		}
		last = err
	}
	t.Fatalf("waited in vain until %s (%v)", what, last)
}

// Complaints are what the browser has said so far: errors of scripts, refusals of
// the content security policy, files that did not come.
func (tab *Tab) Complaints() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return append([]string(nil), tab.complaints...)
}

func (tab *Tab) hear(event any) {
	var text string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		text = fmt.Sprintf("%s %s", e.Entry.Text, e.Entry.URL)
	default:
		return
	}
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.complaints = append(tab.complaints, text)
}

// Picture writes the whole page as a PNG.
func (tab *Tab) Picture(t testing.TB, file string) {
	t.Helper()
	ctx, stop := context.WithTimeout(tab.ctx, patience)
	defer stop()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatalf("no picture: %v", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// scripts switches script in the tab on or off.
func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

func (v Visit) size() (width, height int64) {
	width, height = 1280, 800
	if v.Width > 0 {
		width = int64(v.Width)
	}
	if v.Height > 0 {
		height = int64(v.Height)
	}
	return width, height
}

func (v Visit) media() emulation.SetEmulatedMediaParams {
	var m emulation.SetEmulatedMediaParams
	if v.Print {
		m.Media = "print"
	}
	if v.Forced {
		m.Features = []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-color-scheme", Value: "dark"}}
	}
	return m
}

// prepare sets the size, the cookies and the medium before the page is asked for.
func (v Visit) prepare() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		width, height := v.size()
		if _, err := chromedp.EmulateViewport(width, height)(ctx, target); err != nil {
			return err
		}
		if v.NoScript {
			if _, err := scripts(false)(ctx, target); err != nil {
				return err
			}
		}
		if _, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, v.media()); err != nil {
			return err
		}
		for _, c := range v.Cookies {
			if _, err := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: v.URL, HTTPOnly: &c.HttpOnly}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Scripts switches the page's scripts on or off, for this page and those after it.
func (tab *Tab) Scripts(t testing.TB, on bool) {
	t.Helper()
	tab.do(t, scripts(on))
}
