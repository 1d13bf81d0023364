package register

import "strings"

// Types are the ids of the main exploitation types in the order in which the
// NRM statistics name them; nil where none is recorded.
func (e Entry) Types() []string { return e.List(FieldTypes) }

// Groups in which TypeGroup counts each child once, beside the single types.
const (
	GroupCombination = "combination"
	GroupNotRecorded = "not-recorded"
)

// TypeGroup puts the entry into exactly one group, so that groups add up to all:
// its only type, GroupCombination, or GroupNotRecorded.
func (e Entry) TypeGroup() string {
	switch types := e.Types(); len(types) {
	case 0:
		return GroupNotRecorded
	case 1:
		return types[0]
	}
	return GroupCombination
}

// TypeGroups are all groups in the order in which tables show them.
func TypeGroups() []Option {
	groups := append([]Option(nil), typeOptions...)
	return append(groups, Option{GroupCombination, "More than one type"}, Option{GroupNotRecorded, "Not recorded"})
}

// TypeLabel is the types in words: "Criminal and labour", "Criminal (county
// lines)", "Not recorded".
func (e Entry) TypeLabel() string {
	types := e.Types()
	if len(types) == 0 {
		return "Not recorded"
	}
	f, _ := FieldByID(FieldTypes)
	words := make([]string, len(types))
	for i, id := range types {
		words[i] = f.OptionLabel(id)
		if i > 0 {
			words[i] = strings.ToLower(words[i][:1]) + words[i][1:]
		}
		if id == TypeCriminal && e[FieldCountyLines] == Yes {
			words[i] += " (county lines)"
		}
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Change is one field that differs between two versions of an entry. From or To
// is empty where the field had or has no value.
type Change struct{ Field, From, To string }

// Diff lists what changed from one version to the next, in the order of the
// fields; fields that this version of the program does not know are left out.
func Diff(old, new Entry) []Change {
	var changes []Change
	for _, f := range fields {
		if from, to := old[f.ID], new[f.ID]; from != to {
			changes = append(changes, Change{f.ID, from, to})
		}
	}
	return changes
}
