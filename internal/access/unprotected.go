//go:build unprotected

package access

// Protected: this program was built to measure what protection costs.
const Protected = false
