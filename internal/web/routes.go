package web

import (
	"net/http"
	"slices"

	"stablefutures/internal/access"
)

// route is one row of the access table of the pages: who may come here at all.
// Which records they may open is decided behind it, in package service.
type route struct {
	pattern string
	act     access.Act
	open    bool // without signing in
	first   bool // also before somebody has set up how they sign in
	upload  bool // takes files
	quiet   bool // a page asks it by itself: that is no use of a session
	handle  handler
}

// routes are all pages and acts. A route without an act is refused to everybody
// unless it says that it is open.
func (s *Server) routes() []route {
	own := []route{
		{pattern: "GET /{$}", act: access.OwnAccount, handle: s.showStart},
		{pattern: "GET /sign-in", open: true, handle: s.showSignIn},
		{pattern: "POST /sign-in", open: true, handle: s.signIn},
		{pattern: "GET /resume/{kept}", act: access.OwnAccount, handle: s.showResume},
		{pattern: "POST /sign-out", act: access.OwnAccount, first: true, handle: s.signOut},
		{pattern: "GET /healthy", open: true, handle: healthy},
	}
	return slices.Concat(own, s.signInRoutes(),
		s.recordsRoutes(), s.registerRoutes(), s.talksRoutes(), // young people
		s.filesRoutes(), s.councilRoutes(), s.figuresRoutes(), // the council
		s.trustRoutes(),                     // the log, and unusual reading
		s.emergencyRoutes(),                 // emergencies, restrictions, notices
		s.ownGivenRoutes(), s.paperRoutes(), // what young people gave themselves
		s.decisionsRoutes(), // what two people decide
		s.ownPageRoutes(),   // ways to a young person's own page
		s.alertRoutes(),     // who is not safe, and who is on duty
		s.askRoutes(),       // what young people ask for, and the plan
		s.sharingRoutes(),   // consent, other agencies, the study
		s.languagesRoutes(), // the words of young people's pages
	)
}

// healthy answers those who watch the server.
func healthy(*http.Request, *visit) (answer, error) {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, err := w.Write([]byte("ok\n"))
		return err
	}, nil
}
