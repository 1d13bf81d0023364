package locale

import "strings"

// places say where the texts of a key stand, for translators: by what the key begins with.
var places = map[string]string{
	"title": "Every page", "leave": "Every page", "notsafe": "Every page", "back": "Every page", "next": "A question", "keep": "Whatever is kept", "home": "First page",
	"kept": "Whatever is kept", "notkept": "Whatever is kept", "skip": "A question", "listen": "Every page", "quiet": "Every page", "show": "Every page", "list": "Under a long list",
	"state": "Every page, at its end", "fictional": "Every page, at its end", "error": "Where something went wrong", "closed": "After leaving",
	"in": "Coming in with a code", "pictures": "Coming in with four pictures", "language": "Choosing a language", "first": "What this is", "cards": "The cards",
	"question": "A question", "who": "Choosing who sees it", "own": "In their own way", "said": "What they said before", "asks": "What they asked for", "ask": "Asking for something",
	"reply": "An answer to what they asked for", "why": "An answer to what they asked for", "helped": "An answer to what they asked for", "plan": "What will be done",
	"people": "Who can see the page", "choices": "Their choices", "mine": "Their choices: pictures for what they keep", "phones": "Their choices", "opened": "Who can see the page", "safe": "I am not safe", "number": "I am not safe: numbers to call", "paper": "On paper", "slip": "On paper: a code for later",
	"kiosk": "On a tablet that was handed over",
}

// Place is where a text of the pages stands; empty for a key of which nothing is known.
func Place(key string) string {
	of, _, _ := strings.Cut(key, ".")
	return places[of]
}

// editionPlaces are the same for the texts of an edition.
var editionPlaces = map[string]string{
	"notice": "Every page, at its end", "prompt": "Before the sentences of a topic", "answer": "An answer to a sentence", "state": "Another answer to a sentence",
	"principle": "A group of cards", "outcome": "A card: a topic", "indicator": "A sentence that is answered",
}

// EditionPlace is where a text of an edition stands.
func EditionPlace(key string) string {
	of, _, _ := strings.Cut(key, ".")
	return editionPlaces[of]
}
