// Package disclosure decides what may leave the case level: which counts are
// shown and which are hidden, because small numbers identify children.
//
// A caller describes every number that would be seen, and every number that
// could be worked out from them, as a Model: values and the equations between
// them. Protect hides the small ones, then as many others as it takes that no
// hidden number can be worked out again.
//
// No page, download or program interface decides this for itself, and nothing
// here knows a child, a database or a page.
package disclosure
