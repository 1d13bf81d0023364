package ui

import (
	"sort"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// normal writes markup as one line a tag or text, with attributes in order and
// white space made one, so that only differences that a browser sees remain.
func normal(t *testing.T, markup string) []string {
	t.Helper()
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), context)
	if err != nil {
		t.Fatalf("not HTML: %v\n%s", err, markup)
	}
	var lines []string
	for _, n := range nodes {
		lines = normalNode(n, lines, "")
	}
	return lines
}

func normalNode(n *html.Node, lines []string, indent string) []string {
	switch n.Type {
	case html.TextNode:
		if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
			lines = append(lines, indent+text)
		}
	case html.ElementNode:
		lines = append(lines, indent+"<"+n.Data+attributes(n)+">")
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			lines = normalNode(c, lines, indent+"  ")
		}
	}
	return lines
}

func attributes(n *html.Node) string {
	var list []string
	for _, a := range n.Attr {
		value := strings.Join(strings.Fields(a.Val), " ")
		if a.Key == "class" {
			classes := strings.Fields(value)
			sort.Strings(classes)
			value = strings.Join(classes, " ")
		}
		list = append(list, " "+a.Key+`="`+value+`"`)
	}
	sort.Strings(list)
	return strings.Join(list, "")
}
