package young

import (
	"slices"
	"strings"
	"unicode"
)

// Addresses. None says anything: what stands in a browser's history, or in the log of a
// network, tells nobody what these pages are for.
const (
	codePage     = "/in"
	closedPage   = "/closed"
	closedLast   = "/closed?last" // something that was sent was not kept
	closedNow    = "/closed?now"  // somebody who is not safe was there
	homePage     = "/me"
	languagePage = "/me/language"
	firstPage    = "/me/first"
	cardsPage    = "/me/cards"
	saidPage     = "/me/said"
	ownPage      = "/me/own"
	asksPage     = "/me/asks"
	planPage     = "/me/plan"
	peoplePage   = "/me/people"
	choicesPage  = "/me/choices"
	unsafePage   = "/me/now"
)

// begins are what every address here begins with.
var begins = []string{codePage, closedPage, homePage}

// Ours tells whether an address looks like one of the young people's pages, there or not:
// in capitals too, and with a sign behind it that somebody took for a part of it.
func Ours(path string) bool {
	part, _, _ := strings.Cut(strings.TrimLeft(path, "/"), "/")
	if at := strings.IndexFunc(part, func(r rune) bool { return !unicode.IsLetter(r) }); at >= 0 {
		part = part[:at]
	}
	return slices.ContainsFunc(begins, func(b string) bool { return strings.EqualFold(b, "/"+part) })
}

// Routes are all pages and acts, for the server and for the test that tries each.
func (p *Pages) Routes() []Route {
	return slices.Concat(p.wayInRoutes(), p.rememberRoutes(), p.mineRoutes(), p.nowRoutes(), p.askRoutes(), p.soundRoutes(), p.ownWayRoutes(), []Route{
		{Pattern: "GET " + languagePage, Before: true, handle: p.showLanguages},
		{Pattern: "POST " + languagePage, Before: true, handle: p.chooseLanguage},
		{Pattern: "GET " + firstPage, handle: p.showFirst},
		{Pattern: "GET /me", handle: p.showHome},
		{Pattern: "GET " + cardsPage, handle: p.showCards},
		{Pattern: "GET /me/about/{indicator}", handle: p.askAbout},
		{Pattern: "POST /me/about/{indicator}", handle: p.keepAbout},
		{Pattern: "GET " + saidPage, handle: p.showSaid},
		{Pattern: "POST /me/said/{said}", handle: p.openSaid},
		{Pattern: "GET " + peoplePage, handle: p.showPeople},
		{Pattern: "GET " + choicesPage, handle: p.showChoices},
		{Pattern: "POST /me/choices/pictures", handle: p.choosePictures},
	})
}

// wayInRoutes are how somebody comes in, and goes.
func (p *Pages) wayInRoutes() []Route {
	return []Route{
		{Pattern: "GET " + codePage, Open: true, handle: p.showCode},
		{Pattern: "GET /in/{code}", Open: true, handle: p.showReady},
		{Pattern: "POST " + codePage, Open: true, handle: p.open},
		{Pattern: "POST /me/leave", Open: true, Closes: true, handle: p.leave},
		{Pattern: "GET " + closedPage, Open: true, Closes: true, handle: p.showClosed},
	}
}
