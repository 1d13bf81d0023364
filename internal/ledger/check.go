package ledger

import (
	"encoding/base64"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Finding is something in a log that is not as it was written.
type Finding struct {
	Authority string
	Entry     int64  // counted from 1; 0 where it is about the log as a whole
	At        string // the instant that the entry names
	What      string
}

// manyFindings is how many are told one by one: of a log that was written anew, every
// entry is wrong.
const manyFindings = 20

// Check goes through a log from its first entry to its last and compares everything
// that is kept of it with what the entries say.
//
// After an entry that is missing the tree cannot be worked out any more; each entry
// is still held to its own seal.
type Check struct {
	authority string
	sealer    *sealer
	text      []byte // to compare with, used again and again
	tree      Tree
	broken    bool // entries are missing: the tree is not known any more
	points    []Checkpoint
	findings  []Finding
	more      int // findings that are only counted
}

// Check begins the check of a log. The checkpoints are those of this log, from outside.
func (k *Keys) Check(authority string, points []Checkpoint) *Check {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b Checkpoint) int { return int(min(1, max(-1, a.Size-b.Size))) })
	c := &Check{authority: authority, sealer: newSealer(k.entry), points: points}
	c.compare()
	return c
}

// Entry takes the next entry in order of position.
func (c *Check) Entry(s Sealed) {
	if s.N < c.tree.Size {
		c.find(s.Entry, "it stands at a place of the log that is taken already: it was added past the program")
		return
	}
	if s.N > c.tree.Size {
		c.gap(s.N)
	}
	mac, leaf := c.sealer.seal(s.Entry)
	c.text = base64.StdEncoding.AppendEncode(c.text[:0], mac)
	if sealed := string(c.text) == s.MAC; !sealed {
		c.find(s.Entry, "it is not as the program wrote it at this place: it was changed, moved, or added past the program")
		if kept, err := parseHashes(s.Hashes); err == nil && len(kept) > 0 {
			leaf = kept[0] // what the tree was made of, so that the others can still be checked
		}
	}
	c.grow(s, leaf)
}

// gap tells that entries are missing before position n.
func (c *Check) gap(n int64) {
	c.broken = true
	what := "it is missing"
	if n-c.tree.Size > 1 {
		what = fmt.Sprintf("this entry and all others up to entry %d are missing", n)
	}
	c.find(Entry{N: c.tree.Size}, what)
	c.tree.Size = n
	c.compare()
}

// grow adds a leaf to the tree and compares the hashes that are kept for it.
func (c *Check) grow(s Sealed, leaf tlog.Hash) {
	if c.broken {
		c.tree.Size++
		if kept, err := parseHashes(s.Hashes); err != nil || len(kept) == 0 || kept[0] != leaf {
			c.find(s.Entry, "its hash is not the hash of what it says")
		}
		c.compare()
		return
	}
	if completed := c.tree.append(leaf); hashText(completed) != s.Hashes {
		kept, err := parseHashes(s.Hashes)
		switch {
		case err != nil || len(kept) == 0:
			c.find(s.Entry, "its hashes cannot be read")
		case kept[0] != leaf:
			c.find(s.Entry, "its hash is not the hash of what it says")
		default:
			c.find(s.Entry, "the hashes that are kept with it are not those of the entries up to it")
		}
	}
	c.compare()
}

// compare holds the log as it is so far to the checkpoints of this size and less.
func (c *Check) compare() {
	for len(c.points) > 0 && c.points[0].Size <= c.tree.Size {
		p := c.points[0]
		c.points = c.points[1:]
		switch {
		case c.broken:
			c.whole(fmt.Sprintf("the checkpoint of %d entries cannot be compared, because entries are missing", p.Size))
		case p.Root != c.tree.Root():
			c.whole(fmt.Sprintf("its first %d entries are not those that the checkpoint of %d entries was made of: the log was written anew", p.Size, p.Size))
		}
	}
}

// End compares the head of the log and gives everything that was found, and how many
// entries there are.
func (c *Check) End(size int64, edge string) ([]Finding, int64) {
	switch head, err := ParseTree(size, edge); {
	case size > c.tree.Size:
		c.whole(fmt.Sprintf("its head counts %d entries and there are %d: the last ones are missing", size, c.tree.Size))
	case size < c.tree.Size:
		c.whole(fmt.Sprintf("its head counts %d entries and there are %d: the last ones were added past the program", size, c.tree.Size))
	case err != nil:
		c.whole("its head cannot be read")
	case !c.broken && head.Root() != c.tree.Root():
		c.whole("its head is not the hash of its entries")
	}
	for _, p := range c.points {
		c.whole(fmt.Sprintf("it had %d entries when the checkpoint was made, and ends after entry %d: it was cut off", p.Size, c.tree.Size))
	}
	if c.more > 0 {
		c.findings = append(c.findings, Finding{Authority: c.authority, What: fmt.Sprintf("%d more things are wrong with it", c.more)})
	}
	return c.findings, c.tree.Size
}

// Missing tells that the log has no head, and Outside that n entries stand in no place of it.
func (c *Check) Missing() { c.whole("its head is missing") }

// Outside tells of entries that have no place in the log.
func (c *Check) Outside(n int) {
	if n > 0 {
		c.whole(fmt.Sprintf("entries that have no place in it: %d; they were added past the program", n))
	}
}

func (c *Check) whole(what string) {
	c.findings = append(c.findings, Finding{Authority: c.authority, What: what})
}

// find notes what is wrong with one entry.
func (c *Check) find(e Entry, what string) {
	if len(c.findings) >= manyFindings {
		c.more++
		return
	}
	c.findings = append(c.findings, Finding{Authority: c.authority, Entry: e.N + 1, At: e.At, What: what})
}
