package register

import "maps"

// Merge puts what a file changed since it last spoke of an entry on top of the
// entry as it stands. base is what the file said last (empty where it never spoke),
// said what it says now, standing what holds. A field that was changed since by
// somebody else, to something else, stays; kept names it, from what the file says
// to what stays.
func Merge(base, said, standing Entry) (merged Entry, kept []Change) {
	merged = maps.Clone(standing)
	if merged == nil {
		merged = Entry{}
	}
	for _, c := range Diff(base, said) {
		switch standing[c.Field] {
		case c.To:
		case c.From:
			if c.To == "" {
				delete(merged, c.Field)
			} else {
				merged[c.Field] = c.To
			}
		default:
			kept = append(kept, Change{c.Field, c.To, standing[c.Field]})
		}
	}
	return merged, kept
}
