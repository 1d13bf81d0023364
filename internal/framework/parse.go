package framework

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"stablefutures/editions"
)

// Working is the working edition that comes with the program. It is shared: who
// has it must not change it.
var Working = sync.OnceValue(func() *Edition {
	e, err := Parse(editions.Working)
	if err != nil {
		panic("the working edition does not keep to its own rules: " + err.Error())
	}
	return e
})

// Problem is one thing that is wrong with an edition, or worth knowing of it.
type Problem struct {
	Where   string `json:"where"` // "outcome “safe-home”, third indicator, id" or "sheet Items, row 12, column A (“level”)"
	Message string `json:"message"`
}

// Problems are everything that is wrong with an edition; never empty as an error.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Where + ": " + one.Message
	}
	return strings.Join(lines, "\n")
}

// Parse reads an edition from a file: a workbook as WriteWorkbook writes it, or
// JSON. What the file is, is told by what is in it. The error is of type Problems
// where the file says something wrong.
func Parse(data []byte) (*Edition, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return parseWorkbook(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, aboutFile("it is an Excel file of the old kind (.xls), or one with a password: open it, save it as .xlsx without a password, and try again")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return nil, aboutFile("it is saved as UTF-16: save it as UTF-8, and try again")
	}
	return parseJSON(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
}

func aboutFile(message string) Problems { return Problems{{"the file", message}} }

func parseJSON(data []byte) (*Edition, error) {
	start := bytes.TrimSpace(data)
	switch {
	case len(start) == 0:
		return nil, aboutFile("it is empty; an edition is a JSON file or a workbook as `stablefutures framework export` writes them")
	case start[0] != '{' && start[0] != '[':
		return nil, aboutFile("it is neither a workbook (.xlsx) nor JSON: an edition is one of the two, as `stablefutures framework export` writes them")
	case !utf8.Valid(data):
		return nil, aboutFile(lineOf(data, firstInvalid(data)) + "there is a character that is not UTF-8: save the file as UTF-8, and try again")
	}
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, aboutFile(notJSON(data))
	}
	if twice := doubled(data); len(twice) > 0 {
		return nil, told(newDocument(root).findings(twice))
	}
	e, faults := read(data, root)
	if len(faults) > 0 {
		return nil, told(newDocument(root).findings(faults))
	}
	return e, nil
}

// read makes an edition of a document and tells everything that is wrong with it.
func read(data []byte, root any) (*Edition, []fault) {
	faults, refused := refusals(root)
	e := &Edition{}
	err := json.Unmarshal(data, e)
	var wrong *json.UnmarshalTypeError
	languages := !slices.ContainsFunc(faults, func(f fault) bool { return len(f.at) > 0 && f.at[0] == "languages" })
	switch {
	case err == nil && languages && len(e.Languages) > 0:
		faults = append(faults, broken(e)...)
	case len(faults) > 0: // told already; and the rest cannot be told without the languages
	case errors.As(err, &wrong):
		faults = []fault{{rule: lineOf(data, int(wrong.Offset)) + "write the number without a point, such as 12 and not 12.0"}}
	case err != nil:
		faults = []fault{{rule: err.Error()}}
	}
	if refused && len(faults) == 0 {
		faults = []fault{{rule: "it does not fit: " + want(nil)}}
	}
	return e, faults
}

// notJSON says where a text stops to be JSON.
func notJSON(data []byte) string {
	var root any
	var wrong *json.SyntaxError
	err := json.Unmarshal(data, &root)
	if !errors.As(err, &wrong) {
		return "it is not JSON that can be read"
	}
	if int(wrong.Offset) >= len(bytes.TrimRight(data, " \t\r\n")) && strings.Contains(wrong.Error(), "unexpected end") {
		return "it ends too early: the file was cut off, or a closing bracket is missing"
	}
	return lineOf(data, int(wrong.Offset)-1) + "it cannot be read as JSON from here on: look just before for a comma, a quotation mark or a bracket that is missing or too many"
}

// lineOf says the line and the character of an offset, as an editor counts them.
func lineOf(data []byte, offset int) string {
	before := data[:min(max(offset, 0), len(data))]
	last := bytes.LastIndexByte(before, '\n') + 1
	return fmt.Sprintf("line %d, character %d: ", bytes.Count(before, []byte("\n"))+1, utf8.RuneCount(before[last:])+1)
}

func firstInvalid(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return len(data)
}

// doubled are the parts that stand twice in one place of a JSON text, of which
// only the last would be kept.
func doubled(data []byte) []fault {
	w := walker{json.NewDecoder(bytes.NewReader(data)), nil}
	w.value(nil)
	return w.faults
}

type walker struct {
	in     *json.Decoder
	faults []fault
}

// value goes through one value. The text is JSON: it was read before.
func (w *walker) value(at path) {
	token, err := w.in.Token()
	if err != nil && err != io.EOF {
		return
	}
	switch token {
	case json.Delim('{'):
		seen := map[string]bool{}
		for w.in.More() {
			name, err := w.in.Token()
			if err != nil {
				return
			}
			key, _ := name.(string)
			if seen[key] {
				w.faults = append(w.faults, fault{at: at, rule: quoted(key) + " stands twice, and only one of the two would be kept: take one out"})
			}
			seen[key] = true
			w.value(at.with(key))
		}
		_, _ = w.in.Token() // the closing bracket
	case json.Delim('['):
		for n := 0; w.in.More(); n++ {
			w.value(at.with(strconv.Itoa(n)))
		}
		_, _ = w.in.Token() // the closing bracket
	}
}
