package framework

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// document is a JSON file, which knows how to say where a path in it leads.
type document struct {
	root  any
	times map[string]int // how many items there are of a kind and id: "outcome “home”"
}

func newDocument(root any) document {
	d := document{root, map[string]int{}}
	d.count(root)
	return d
}

// items are the lists of an edition, with what one of each is called.
var items = map[string]string{"principles": "principle", "outcomes": "outcome", "indicators": "indicator", "answers": "answer", "states": "state", "languages": "language"}

func (d document) count(node any) {
	switch node := node.(type) {
	case map[string]any:
		for name, child := range node {
			for _, one := range list(child) {
				if called, ok := called(items[name], one); ok {
					d.times[called]++
				}
			}
			d.count(child)
		}
	case []any:
		for _, child := range node {
			d.count(child)
		}
	}
}

func list(node any) []any {
	l, _ := node.([]any)
	return l
}

// called is an item by its kind and id; ok is false where it has no sound id.
func called(kind string, node any) (name string, ok bool) {
	fields, _ := node.(map[string]any)
	key := "id"
	if kind == "language" {
		key = "tag"
	}
	id, _ := fields[key].(string)
	if kind == "" || id == "" || len(id) > 60 || quoted(id) != "“"+id+"”" {
		return "", false
	}
	return kind + " “" + id + "”", true
}

// place says where a path leads: by id where there is one, and otherwise counted
// from the first.
func (d document) place(at path) place {
	var said []string
	node := d.root
	for k := 0; k < len(at); k++ {
		name := at[k]
		kind, isList := items[name]
		node = child(node, name)
		switch {
		case isList && k+1 < len(at):
			k++
			n, _ := strconv.Atoi(at[k])
			node = child(node, at[k])
			by, ok := called(kind, node)
			switch {
			case !ok || d.times[by] > 1:
				said = append(said, ordinal(n)+" "+kind)
			case kind == "state" || kind == "language":
				said = append(said, by)
			default:
				said = []string{by} // an id says it whole
			}
		case name == "title" && k+1 < len(at) && audienceWords[Audience(at[k+1])] != "", name == "text":
		case audienceWords[Audience(name)] != "":
			said = append(said, "wording for "+audienceWords[Audience(name)])
		case k > 0 && (slices.Contains([]string{"title", "short", "notice", "prompt"}, at[k-1]) || audienceWords[Audience(at[k-1])] != ""):
			said[len(said)-1] += " in " + plain(name)
		default:
			if n, err := strconv.Atoi(name); err == nil {
				name = ordinal(n)
			}
			said = append(said, plain(name))
		}
	}
	if len(said) == 0 {
		return place{words: "the edition"}
	}
	return place{words: strings.Join(said, ", ")}
}

var audienceWords = map[Audience]string{YoungPerson: "young people", Practitioner: "practitioners"}

// plain is a name as quoted, without the marks.
func plain(name string) string {
	letters := []rune(quoted(name))
	return string(letters[1 : len(letters)-1])
}

func child(node any, name string) any {
	switch node := node.(type) {
	case map[string]any:
		return node[name]
	case []any:
		if n, err := strconv.Atoi(name); err == nil && n >= 0 && n < len(node) {
			return node[n]
		}
	}
	return nil
}

// findings are faults with their places in the document, in its order; one a place.
func (d document) findings(faults []fault) []finding {
	faults = slices.Clone(faults)
	slices.SortStableFunc(faults, func(a, b fault) int { return inOrder(a.at, b.at) })
	var out []finding
	for _, f := range faults {
		one := finding{place: d.place(f.at), found: f.found, rule: f.rule}
		if f.other != nil {
			one.other = d.place(f.other).String()
		}
		out = append(out, one)
	}
	return out
}

// fieldOrder is the order in which an edition's file has its fields.
var fieldOrder = []string{"id", "tag", "value", "version", "name", "direction", "article", "short", "title", "notice", "drawing", "source", "prompt", "published", "languages", "scale", "answers", "states", "principles", "outcomes", "indicators"}

func inOrder(a, b path) int {
	for k := range min(len(a), len(b)) {
		if a[k] == b[k] {
			continue
		}
		m, notM := strconv.Atoi(a[k])
		n, notN := strconv.Atoi(b[k])
		if notM == nil && notN == nil {
			return cmp.Compare(m, n)
		}
		return cmp.Or(cmp.Compare(slices.Index(fieldOrder, a[k]), slices.Index(fieldOrder, b[k])), cmp.Compare(a[k], b[k]))
	}
	return cmp.Compare(len(a), len(b))
}
