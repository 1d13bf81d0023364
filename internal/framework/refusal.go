package framework

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"stablefutures/editions"
)

// What a part of an edition is to be, for whoever left it out or got it wrong.
var wanted = map[string]string{
	"id":           "write one in small letters, digits and hyphens, such as safe-home",
	"version":      "write one in digits with points, such as 1.0",
	"title":        "write it",
	"notice":       "write what is shown wherever the edition is shown, such as that it is not the published CSF-POF",
	"published":    "write true where this is the published framework, and otherwise false",
	"languages":    "name at least one; every text stands in the first",
	"scale":        "write the five answers and the four states",
	"answers":      "write five, from 1 (lowest) to 5",
	"states":       "write all four: not-talked-about, does-not-want-to-say, does-not-know and not-part-of-my-life",
	"principles":   "add at least one principle",
	"outcomes":     "add at least one outcome to this principle",
	"indicators":   "add at least one indicator to this outcome",
	"article":      "write the number of the article of the Convention, such as 12",
	"short":        "write a few words that stand for the outcome in tables",
	"drawing":      `write the name of a drawing, or "" for none`,
	"source":       `write where the theme comes from, or "" where nobody knows`,
	"young-person": "write it",
	"practitioner": "write it",
	"text":         "write it",
	"origin":       "write where the text comes from: project, published, machine, translator or authority",
	"review":       "write who has reviewed the text: none, professional or young-people",
	"tag":          "write the tag of the language, such as en, cy or pt-BR",
	"name":         "write the language's own name, such as Cymraeg",
	"direction":    "write ltr (left to right) or rtl (right to left)",
	"value":        "write the step of the answer, 1 (lowest) to 5",
	"also":         "write further words for the answer, without semicolons, or leave it out",
}

const indicatorID = "write one in small letters, digits, hyphens and points, such as safe-home.1"

// want says what the part at a path is to be.
func want(at path) string {
	if len(at) == 0 {
		return "see how `stablefutures framework export` writes an edition"
	}
	last := at[len(at)-1]
	switch {
	case last == "id" && slices.Contains(at, "indicators"):
		return indicatorID
	case last == "id" && slices.Contains(at, "states"):
		return "write not-talked-about, does-not-want-to-say, does-not-know or not-part-of-my-life"
	case len(at) > 1 && at[len(at)-2] == "also":
		return wanted["also"]
	}
	if text, ok := wanted[last]; ok {
		return text
	}
	return "see how `stablefutures framework export` writes it"
}

var schema = sync.OnceValue(func() *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(editions.Schema)))
	if err != nil {
		panic("the schema of editions cannot be read: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("edition.schema.json", document); err != nil {
		panic("the schema of editions cannot be added: " + err.Error())
	}
	return compiler.MustCompile("edition.schema.json")
})

// refusals are the faults for which the schema refuses a document; refused tells
// whether it does, for a fault that is left to broken.
func refusals(root any) (faults []fault, refused bool) {
	err := schema().Validate(root)
	if err == nil {
		return nil, false
	}
	all, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return []fault{{rule: err.Error()}}, true
	}
	r := &refuser{root: root, slips: map[string]bool{}}
	r.each(all, r.slip)
	r.each(all, r.fault)
	return r.faults, true
}

type refuser struct {
	root   any
	slips  map[string]bool // missing parts for which an unknown one may be a slip, by path
	faults []fault
}

// each calls do with the innermost refusals: those above them only repeat them.
func (r *refuser) each(e *jsonschema.ValidationError, do func(*jsonschema.ValidationError)) {
	_, name := e.ErrorKind.(*kind.PropertyNames)
	if len(e.Causes) == 0 || name {
		do(e)
		return
	}
	for _, cause := range e.Causes {
		r.each(cause, do)
	}
}

func (r *refuser) say(at path, found, rule string) {
	r.faults = append(r.faults, fault{at: at, found: found, rule: rule})
}

// slip tells unknown parts, each with the part for which it may be a slip.
func (r *refuser) slip(e *jsonschema.ValidationError) {
	unknown, ok := e.ErrorKind.(*kind.AdditionalProperties)
	if !ok {
		return
	}
	at, known := path(e.InstanceLocation), parts(e.SchemaURL)
	there, _ := r.at(at).(map[string]any)
	var missing []string
	for _, name := range known {
		if _, ok := there[name]; !ok {
			missing = append(missing, name)
		}
	}
	slices.Sort(unknown.Properties)
	for _, name := range unknown.Properties {
		if meant := nearest(name, missing); meant != "" {
			r.slips[strings.Join(at.with(meant), "/")] = true
			r.say(at, "", fmt.Sprintf("%s is not known here: it may be a slip for “%s”", quoted(name), meant))
			continue
		}
		r.say(at, "", fmt.Sprintf("%s is not known here: take it out, or write one of %s", quoted(name), listed(known, "or")))
	}
}

func (r *refuser) at(at path) any {
	node := r.root
	for _, name := range at {
		node = child(node, name)
	}
	return node
}

// parts are the names that an object may have, in the schema at an address.
func parts(url string) []string {
	_, pointer, _ := strings.Cut(url, "#")
	var node any
	if json.Unmarshal(editions.Schema, &node) != nil {
		return nil
	}
	for name := range strings.SplitSeq(strings.Trim(pointer, "/"), "/") {
		if name != "" {
			node = child(node, name)
		}
	}
	properties, _ := child(node, "properties").(map[string]any)
	return slices.SortedFunc(maps.Keys(properties), func(a, b string) int { return inOrder(path{a}, path{b}) })
}

func (r *refuser) fault(e *jsonschema.ValidationError) {
	at := path(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties: // told by slip
	case *kind.Required:
		for _, name := range k.Missing {
			if part := at.with(name); !r.slips[strings.Join(part, "/")] {
				r.say(part, "", "it is missing: "+want(part))
			}
		}
	case *kind.PropertyNames: // told by broken: it is not among the languages; and its place is not kept
	case *kind.Type:
		remedy := want(at)
		if k.Want[0] == "object" || k.Want[0] == "array" {
			remedy = "see how `stablefutures framework export` writes it"
		}
		r.say(at, "", fmt.Sprintf("there is %s, where %s has to stand: %s", typeWords[k.Got], typeWords[k.Want[0]], remedy))
	case *kind.MinLength, *kind.MinProperties:
		r.say(at, "", "it is empty: "+want(at))
	case *kind.MaxLength:
		r.say(at, "", fmt.Sprintf("it has %d characters, and at most %d are kept: shorten it", k.Got, k.Want))
	case *kind.Pattern:
		if strings.TrimSpace(k.Got) == "" {
			r.say(at, "", "it is empty: "+want(at))
			return
		}
		r.say(at, k.Got, want(at))
	case *kind.Enum:
		found := fmt.Sprint(k.Got)
		if found == "" {
			r.say(at, "", "it is empty: "+want(at))
			return
		}
		r.say(at, found, want(at))
	case *kind.Minimum, *kind.Maximum:
		r.say(at, fmt.Sprint(r.at(at)), numbers[at[len(at)-1]])
	case *kind.MinItems:
		r.count(at, k.Got)
	case *kind.MaxItems:
		r.count(at, k.Got)
	default:
		r.say(at, "", "it does not fit: "+want(at))
	}
}

func (r *refuser) count(at path, n int) {
	name := at[len(at)-1]
	there := fmt.Sprintf("there are %d %s", n, name)
	switch n {
	case 0:
		there = "there are no " + name
	case 1:
		there = "there is only one of the " + name
	}
	r.say(at, "", there+": "+want(at))
}

var typeWords = map[string]string{
	"object": "a part in curly brackets { }", "array": "a list in square brackets [ ]", "string": "a text in quotation marks",
	"number": "a number", "integer": "a whole number", "boolean": "true or false without quotation marks", "null": "null, which is nothing",
}

var numbers = map[string]string{
	"value":   "the answers are numbered from 1 (lowest) to 5",
	"article": "the Convention has its rights in Articles 1 to 54",
}
