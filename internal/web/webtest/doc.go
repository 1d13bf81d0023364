// Package webtest looks at pages as people's browsers do: it starts Chromium,
// opens a page at a size, runs axe over it, takes pictures and says what the
// browser complained about.
//
//	b := webtest.Start(t) // skips where there is no Chromium
//	b.Check(t, webtest.Visit{URL: server.URL + "/caseload", Cookies: cookies})
//
// It is for tests alone and knows no page.
package webtest
