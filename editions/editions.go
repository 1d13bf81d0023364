// Package editions carries the editions of the framework that come with the
// program, and the schema that every edition keeps to, as the files that stand
// beside this one. It holds no code that reads them: that is package framework.
//
// # How a shipped edition may change
//
// Readings are bound to the id of the edition in which they were made, and mean
// what its words said that day. Whoever changes the words under an id changes what
// young people have said. So:
//
//   - Until the first release, working-2026.json may be changed in place. Each time
//     its version goes up, and the test of this package is told the new sum.
//   - Once released, the file of an edition stays as it is, to the letter. Other
//     words, another scale, an indicator more or fewer are another edition: a file
//     of its own with an id of its own (working-2027), which stands beside the
//     earlier one. Both are shipped for as long as a reading may be bound to the
//     earlier: a program that knows only the new one could not show it.
//   - What was reviewed, or translated into one more language, is another edition
//     too. Its words may be the same; that they are is for a person to record, item
//     by item, and not for the program to suppose.
//   - No authority is moved to a new edition by an update. It chooses it for new
//     conversations, with `stablefutures framework use`.
//
// Word for word, an indicator is one statement for two audiences: the gap between
// two voices means something only where both answer the same. It can be answered
// on the scale, says one thing, stands alone, and presumes nothing. The tests of
// package framework hold it to that.
package editions

import "embed"

// Working is the working edition: this project's own wording of 25 outcomes and
// 86 indicators, in use until the published text is loaded in its place.
//
//go:embed working-2026.json
var Working []byte

// Schema is the JSON Schema (2020-12) of an edition.
//
//go:embed edition.schema.json
var Schema []byte

// Words are the young people's texts of the shipped editions in other languages, as
// <edition>/<language>.json: they add languages and change no word of an edition. Each
// says whether a person has looked at it.
//
//go:embed all:words
var Words embed.FS
