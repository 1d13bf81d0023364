// Package editions carries the editions of the framework that come with the
// program, and the schema that every edition keeps to, as the files that stand
// beside this one. It holds no code that reads them: that is package framework.
package editions

import _ "embed"

// Working is the working edition: this project's own wording of 25 outcomes and
// 86 indicators, in use until the published text is loaded in its place.
//
//go:embed working-2026.json
var Working []byte

// Schema is the JSON Schema (2020-12) of an edition.
//
//go:embed edition.schema.json
var Schema []byte
