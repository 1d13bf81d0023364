package framework

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

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

// Problem is one thing that is wrong with an edition.
type Problem struct {
	Where   string `json:"where"` // "principles, 2, outcomes, 3, title" or "sheet Items, row 12, column level"
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

// Parse reads an edition from a file: a workbook as Export writes it, or JSON.
// What the file is, is told by what is in it. The error is of type Problems where
// the file could be read and says something wrong.
func Parse(data []byte) (*Edition, error) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return parseWorkbook(data)
	}
	return parseJSON(data)
}

func parseJSON(data []byte) (*Edition, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, Problems{{"the file", "it is empty; an edition is a JSON file or a workbook as `stablefutures framework export` writes them"}}
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, Problems{{"the file", fmt.Sprintf("it is neither a workbook nor JSON that can be read (%v)", err)}}
	}
	if err := keepsToSchema(document); err != nil {
		return nil, err
	}
	e := &Edition{}
	if err := json.Unmarshal(data, e); err != nil {
		return nil, Problems{{"the file", err.Error()}}
	}
	if faults := Check(e); len(faults) > 0 {
		return nil, faults
	}
	return e, nil
}

var schema = sync.OnceValue(func() *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(editions.Schema))
	if err != nil {
		panic("the schema of editions cannot be read: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("edition.schema.json", document); err != nil {
		panic("the schema of editions cannot be added: " + err.Error())
	}
	return compiler.MustCompile("edition.schema.json")
})

// keepsToSchema gives every place that the schema refuses, as Problems.
func keepsToSchema(document any) error {
	err := schema().Validate(document)
	if err == nil {
		return nil
	}
	refused, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return err
	}
	var faults Problems
	collect(refused, message.NewPrinter(language.BritishEnglish), &faults)
	return faults
}

// collect keeps the innermost refusals: those above them only repeat them.
func collect(e *jsonschema.ValidationError, print *message.Printer, into *Problems) {
	if len(e.Causes) == 0 {
		where := strings.Join(e.InstanceLocation, ", ")
		if where == "" {
			where = "the edition"
		}
		*into = append(*into, Problem{where, e.ErrorKind.LocalizedString(print)})
		return
	}
	for _, cause := range e.Causes {
		collect(cause, print, into)
	}
}
