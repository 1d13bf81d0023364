package service

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// MarkOf marks a set of likely duplicates: it says which they were without
// naming any, since some of them the person may not open.
func MarkOf(duplicates []Duplicate) string {
	references := make([]string, len(duplicates))
	for i, d := range duplicates {
		references[i] = d.Reference
	}
	sum := sha256.Sum256([]byte(strings.Join(references, "\n")))
	return hex.EncodeToString(sum[:16])
}

// mustAsk tells whether likely duplicates have to be shown before the young
// person is added: those that were shown may be others than those found now.
func (n NewChild) mustAsk(found []Duplicate) bool {
	return len(found) > 0 && !n.Anyway && n.Shown != MarkOf(found)
}

// CheckNewChild says all that is wrong with somebody who is to be added by hand.
// Whether a record has the number already is told on adding.
func (s *Service) CheckNewChild(n NewChild) Invalid { return n.trimmed().check(s.Today()) }

// CheckIdentity is CheckNewChild for a record that is there already.
func (s *Service) CheckIdentity(n NewChild) Invalid { return n.trimmed().checkFields(s.Today()) }

// trimmed is what was typed, without the blanks around it.
func (n NewChild) trimmed() NewChild {
	n.Name, n.LAID, n.UPN = strings.TrimSpace(n.Name), strings.TrimSpace(n.LAID), strings.ToUpper(strings.TrimSpace(n.UPN))
	return n
}
