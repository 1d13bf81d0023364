package cin

import (
	"fmt"
	"strings"

	"stablefutures/internal/returns/shown"
)

// node is one element of the header or of the Child that is being read; the tree
// of a Child is let go of when its row is made.
type node struct {
	name     string // as in the file
	own      string // its own text, trimmed
	children []*node
}

// all are the children of a name, without regard to case.
func (n *node) all(name string) []*node {
	var found []*node
	for _, c := range n.children {
		if strings.EqualFold(c.name, name) {
			found = append(found, c)
		}
	}
	return found
}

// first is the first descendant down a path of names, nil where there is none.
func (n *node) first(path ...string) *node {
	for _, name := range path {
		var next *node
		for _, c := range n.children {
			if strings.EqualFold(c.name, name) {
				next = c
				break
			}
		}
		if n = next; n == nil {
			return nil
		}
	}
	return n
}

// text is the text of the first descendant down a path, empty where there is none.
func (n *node) text(path ...string) string {
	if found := n.first(path...); found != nil {
		return found.own
	}
	return ""
}

// scan builds the tree of the header and of one Child at a time.
type scan struct {
	reader *reader
	stack  []*node // from Header or Child down; empty outside both
}

func (s *scan) Start(name string, depth int) error {
	if depth == 1 && !strings.EqualFold(name, Root) {
		return fmt.Errorf("the XML begins with %s where a children in need census begins with %s: choose the census file", shown.Element(name), Root)
	}
	top := depth == 2 && strings.EqualFold(name, "Header") || depth == 3 && strings.EqualFold(name, "Child")
	if !top && len(s.stack) == 0 {
		return nil
	}
	n := &node{name: name}
	if len(s.stack) > 0 {
		parent := s.stack[len(s.stack)-1]
		parent.children = append(parent.children, n)
	} else if depth == 3 {
		s.reader.children++
		s.reader.number = s.reader.children
	}
	s.stack = append(s.stack, n)
	return nil
}

func (s *scan) End(name string, _ int, text string, leaf bool) error {
	r := s.reader
	if !leaf && text != "" {
		r.tell(shown.Element(name), "stray-text", "There is text between the elements, which belongs to no field: it is left out.")
	}
	if _, known := elements.lookup(name); !known && !r.unknown[name] && len(r.unknown) < 20 {
		r.unknown[name] = true
		r.tell(shown.Element(name), "unknown-column", "The census has no such element: it is left out wherever it stands.")
	}
	if len(s.stack) == 0 {
		return nil
	}
	n := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	if leaf {
		n.own = text
	}
	if len(s.stack) > 0 {
		return nil
	}
	if strings.EqualFold(name, "Header") {
		if r.header == nil {
			r.header = &node{}
		}
		r.header.children = append(r.header.children, n.children...)
		return nil
	}
	r.child(n)
	r.number = 0
	return nil
}
