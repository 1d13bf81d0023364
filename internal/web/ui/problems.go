package ui

import (
	"fmt"
	"html/template"
	"net/http"
)

// Problem is the content of an error page: what happened and what to do.
type Problem struct {
	Heading string
	Text    []string
}

func (Problem) templateName() string { return "ui-problem" }

// problems are the answers that need nothing but themselves: they are drawn when
// the program starts, so that they can be given when everything else fails.
var problems = map[int]Problem{
	http.StatusBadRequest: {"We could not read what was sent", []string{
		"Nothing has been changed.",
		"Go back and try again. If you followed a link, it may have been cut short.",
	}},
	http.StatusForbidden: {"You may not open this page", []string{
		"Your role, or your relation to this record, does not allow it. Nothing has been changed.",
		"If you need it for your work, ask your manager. Who may see a record, and why, stands on the record.",
	}},
	http.StatusNotFound: {"Page not found", []string{
		"If you typed the address, check that it is right. If you pasted it, check that you pasted all of it.",
		"The page may belong to a record that you are not allowed to see: we do not say which records there are.",
	}},
	http.StatusMethodNotAllowed: {"This page cannot be used in this way", []string{
		"Nothing has been changed. Go back and use the button on the page.",
	}},
	http.StatusConflict: {"Somebody else was first", []string{
		"What you were about to change was changed in between. Nothing of yours has been kept.",
		"Go back, load the page again, and look at what is different.",
	}},
	http.StatusRequestEntityTooLarge: {"That is too large to send at once", []string{
		"Nothing has been changed. Send fewer files at once, or a smaller file.",
	}},
	http.StatusTooManyRequests: {"Too many tries", []string{
		"Wait a few minutes, then try again.",
	}},
	http.StatusInternalServerError: {"Something went wrong here", []string{
		"It is our fault, not yours. What you had kept before is still kept.",
		"Try again in a few minutes. If it happens again, tell whoever runs this service at what time it happened.",
	}},
	http.StatusServiceUnavailable: {"The records cannot be reached just now", []string{
		"What you saw as kept is still kept. Try again in a moment: it mostly takes seconds.",
		"If you had just sent something, look whether it is there before you send it again.",
		"If it lasts longer than a few minutes, tell whoever runs this service.",
	}},
	http.StatusInsufficientStorage: {"The computer that keeps the records is full", []string{
		"What you saw as kept is still kept. What you have just sent was not kept: go back, and leave the page open or copy what you typed.",
		"No young person’s record can be opened for now. Each opening is written down, and that cannot be done. Your caseload, the overview and the answer can be read as always.",
		"Tell whoever runs this service now that its disk is full. Once there is room, all of it works again by itself.",
	}},
}

// ProblemPage is the page for a status with its content, to be put into the frame
// of whoever is signed in. A status without a page of its own gets the nearest.
func ProblemPage(status int) (Page, template.HTML) {
	problem, ok := problems[status]
	if !ok {
		problem = problems[http.StatusBadRequest]
	}
	return Page{Heading: problem.Heading}, mustHTML(problem)
}

var prerendered = map[int][]byte{}

func prerenderProblems() {
	for status, problem := range problems {
		prerendered[status] = []byte(mustHTML(Page{Heading: problem.Heading, Content: mustHTML(problem)}))
	}
}

// mustHTML is for start-up alone: a template of our own that fails is a fault of
// the build, which the tests of this package show.
func mustHTML(c Component) template.HTML {
	html, err := HTML(c)
	if err != nil {
		panic(fmt.Sprintf("ui: %v", err))
	}
	return html
}

// WriteProblem answers with the page for a status: what happened and what to do.
// A status without a page of its own gets the nearest: 400 or 500. Errors of
// writing are those of a reader who went away, and are dropped.
func WriteProblem(w http.ResponseWriter, status int) {
	html, ok := prerendered[status]
	if !ok && status < 500 {
		html = prerendered[http.StatusBadRequest]
	} else if !ok {
		html = prerendered[http.StatusInternalServerError]
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(html) //nolint:errcheck
}
