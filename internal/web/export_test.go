package web

import "stablefutures/internal/web/young"

// Patterns are the patterns of all routes, for the test that holds them to a table.
func Patterns() []string {
	var list []string
	for _, r := range (&Server{}).routes() {
		list = append(list, r.pattern)
	}
	return list
}

// FormWords are the patterns of the forms that are kept where a session has run out.
var FormWords = formWords

// OwnPatterns are the patterns of the young people's routes.
func OwnPatterns() []string {
	var list []string
	for _, r := range (&young.Pages{}).Routes() {
		list = append(list, r.Pattern)
	}
	return list
}
