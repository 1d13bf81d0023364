package web

// Patterns are the patterns of all routes, for the test that holds them to a table.
func Patterns() []string {
	var list []string
	for _, r := range (&Server{}).routes() {
		list = append(list, r.pattern)
	}
	return list
}
