//go:build !unprotected

package access

// Protected tells that scopes, seals and the log do their work. What a program without
// them would take is measured by one that is built with the tag unprotected; no other
// use of that tag is meant, and such a program refuses to serve.
const Protected = true
