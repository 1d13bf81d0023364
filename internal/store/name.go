package store

import (
	"slices"
	"strings"

	"stablefutures/internal/child"
	"stablefutures/internal/seal"
)

// Names are sealed, and found by keyed hashes of their words and of how these begin.

// The shortest and the longest beginning of a word that is kept, in letters. A longer
// word is found by its first letters, and the name is looked at then.
const (
	shortestBeginning = 2
	longestBeginning  = 8
)

var (
	insertToken = statement(`insert into name_token (authority, token, child_id, source) values ($1, $2, $3, $4) on conflict (authority, token, child_id, source) do nothing`)
	dropName    = statement(`delete from name_token where authority = $1 and child_id = $2 and source = $3`)
	dropNamesOf = statement(`delete from name_token where authority = $1 and child_id = $2`)
	byToken     = statement(`select distinct child_id from name_token where authority = $1 and token = $2`)
)

// nameTokens are what a name is found by.
func nameTokens(h seal.Hasher, authority, name string) []string {
	var words []string
	for word := range strings.FieldsSeq(child.Fold(name)) {
		letters := []rune(word)
		for n := shortestBeginning; n <= min(longestBeginning, len(letters)); n++ {
			words = append(words, "begins "+string(letters[:n]))
		}
		words = append(words, "is "+word)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	for i, w := range words {
		words[i] = h.Hash(authority, w)
	}
	return words
}

// tokenSought is what the names are found by in which a word begins like this one.
func tokenSought(h seal.Hasher, authority, word string) string {
	letters := []rune(word)
	if len(letters) < shortestBeginning {
		return h.Hash(authority, "is "+word)
	}
	return h.Hash(authority, "begins "+string(letters[:min(longestBeginning, len(letters))]))
}

func (tx *Tx) nameHasher() seal.Hasher { return tx.ring().Hasher("name index") }

// indexName makes a name that a source says of a child the one that is found.
func (tx *Tx) indexName(authority, childID, source, name string) error {
	if err := tx.exec(dropName, authority, childID, source); err != nil || name == "" {
		return err
	}
	for _, token := range nameTokens(tx.nameHasher(), authority, name) {
		if err := tx.exec(insertToken, authority, token, childID, source); err != nil {
			return err
		}
	}
	return nil
}

// ChildrenByName are the children with a name in which each word that is sought begins
// a word. Of words of one letter only whole ones are found, and only where nothing
// longer is sought too. Whoever asks holds the names themselves against what was
// sought: the order of words is not known here, nor is anybody's scope.
func (tx *Tx) ChildrenByName(authority, sought string) (map[string]bool, error) {
	words := strings.Fields(child.Fold(sought))
	if longer := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return len([]rune(w)) < shortestBeginning }); len(longer) > 0 {
		words = longer
	}
	var found map[string]bool
	for _, word := range words {
		some := map[string]bool{}
		err := tx.each(byToken, []any{authority, tokenSought(tx.nameHasher(), authority, word)}, func(row scanner) error {
			var id string
			err := row.Scan(&id)
			if found == nil || found[id] {
				some[id] = true
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		found = some
	}
	return found, nil
}
