package ledger

import (
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is the right edge of a hash tree: the roots of its complete subtrees, the largest
// first. It is all that an append and the root need; the hashes below are kept with the
// entries that completed them, where tlog's proofs find them (see At).
type Tree struct {
	Size int64
	edge []tlog.Hash
}

// ParseTree reads a size and an edge as they are kept.
func ParseTree(size int64, edge string) (Tree, error) {
	hashes, err := parseHashes(edge)
	if err != nil {
		return Tree{}, err
	}
	if size < 0 || len(hashes) != bits.OnesCount64(uint64(size)) {
		return Tree{}, fmt.Errorf("a log of %d entries has not %d hashes at its edge", size, len(hashes))
	}
	return Tree{Size: size, edge: hashes}, nil
}

// Edge is the edge as it is kept.
func (t *Tree) Edge() string { return hashText(t.edge) }

// Root is the hash of all entries.
func (t *Tree) Root() tlog.Hash {
	if t.Size == 0 {
		empty, _ := tlog.TreeHash(0, nil) // reads nothing, and so never fails
		return empty
	}
	root := t.edge[len(t.edge)-1]
	for _, left := range slices.Backward(t.edge[:len(t.edge)-1]) {
		root = tlog.NodeHash(left, root)
	}
	return root
}

// append adds a leaf and gives the hashes that it completes, the leaf first: those that
// tlog would store for it.
func (t *Tree) append(leaf tlog.Hash) []tlog.Hash {
	completed := []tlog.Hash{leaf}
	for size := t.Size; size&1 == 1; size >>= 1 {
		last := len(t.edge) - 1
		leaf = tlog.NodeHash(t.edge[last], leaf)
		t.edge = t.edge[:last]
		completed = append(completed, leaf)
	}
	t.edge = append(t.edge, leaf)
	t.Size++
	return completed
}

// At says with which entry tlog's stored hash of an index is kept, and as which of its
// hashes: a hash is kept with the last entry below it.
func At(index int64) (n int64, which int) {
	level, at := tlog.SplitStoredHashIndex(index)
	return (at+1)<<level - 1, level
}
