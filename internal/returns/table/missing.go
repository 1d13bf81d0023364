package table

import "strings"

// MissingColumns says in one line which columns a table has not, those that the
// return needs before those that it lets be empty; empty where none is missing.
func MissingColumns(name string, needed, others []string) string {
	if len(needed)+len(others) == 0 {
		return ""
	}
	says := "The " + name + " has columns that are not here: of what they hold the file says nothing."
	if len(needed) > 0 {
		says += " Needed: " + strings.Join(needed, ", ") + "."
	}
	if len(others) > 0 {
		says += " May be left out: " + strings.Join(others, ", ") + "."
	}
	return says + " Add them if the file should have them."
}
