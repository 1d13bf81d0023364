package service

// blind is a keyed hash of a text, for what the log must be able to tell apart and must
// not hold: the username of a failed sign-in, say. The same text for the same purpose
// gives the same hash; without the keys of the database nobody can try texts against it.
func (s *Service) blind(purpose, text string) string { return s.db.Blind(purpose, text) }
