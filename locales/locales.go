// Package locales carries the words of the young people's pages, a file for each
// language, as they stand beside this one. It holds no code that reads them: that is
// package locale.
//
// en.json is the source: each text with what a translator must know of it. The others
// hold the same keys. A text that a machine made says so ("origin", "review") until a
// person has looked at it.
package locales

import "embed"

// Files are the words, as <tag>.json.
//
//go:embed *.json
var Files embed.FS
