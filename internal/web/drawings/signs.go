package drawings

import (
	"html/template"
	"slices"
	"strings"
)

// A sign stands beside the drawing of an outcome and tells its questions from one another:
// the house with a key, the house with people. All are of one hand, 24 by 24, lines of 2 in
// the colour of the text; what holds of drawings holds of them.

// Sign is one of them.
type Sign struct {
	Name  string
	Shows string        // what it shows, for whoever does not see it
	Image template.HTML // the shapes alone
}

// signs are in the order of their names.
var signs = []Sign{ // Safety: texts of this file
	{"bag", "a school bag", `<path d="M6 21V10q0-4 6-4t6 4v11zM9 6V5q0-2 3-2t3 2v1M9 21v-5h6v5M10 11h4"/>`},
	{"balance", "two pans in balance", `<path d="M12 3v18M8 21h8M4 7h16M1.5 14L4 7l2.5 7q-2.5 3-5 0zM17.5 14L20 7l2.5 7q-2.5 3-5 0z"/>`},
	{"bed", "a made bed", `<path d="M3 20V6M3 15h18v5M21 15q0-4-5-4h-6v4M6.5 11h.01"/>`},
	{"bicycle", "a bicycle", `<circle cx="6" cy="16" r="4"/><circle cx="18" cy="16" r="4"/><path d="M6 16l3-8h6l3 8M9.5 9l3.5 7M7 8h4M15 8V5h3"/>`},
	{"boat", "a boat with a sail", `<path d="M3 16h18l-3 5H6zM12 16V3l7 10h-7M9 7l-4 6h4z"/>`},
	{"briefcase", "a case for work", `<path d="M3 8h18v12H3zM9 8V4h6v4M3 13h7M14 13h7M10 12h4v3h-4z"/>`},
	{"bubble", "words that somebody says", `<path d="M4 4h16v12H11l-5 4v-4H4zM8 8h8M8 12h5"/>`},
	{"bubbles", "two who talk in turn", `<path d="M2 3h12v8H8l-3 3v-3H2zM18 9h4v8h-3v3l-3-3h-6v-2"/>`},
	{"bus", "a bus", `<path d="M4 4h16v14H4zM4 11h16M12 4v7M4 15h2M18 15h2"/><circle cx="8" cy="19" r="2"/><circle cx="16" cy="19" r="2"/>`},
	{"cake", "a cake with a candle", `<path d="M4 12h16v8H4zM12 12V8M12 7q-2-1 0-4q2 3 0 4M4 15q2 3 4 0t4 0 4 0 4 0M2 20h20"/>`},
	{"calendar", "a leaf of a calendar", `<path d="M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M8 15h3M14 15h2"/>`},
	{"candle", "a candle that burns", `<path d="M9 11h6v9H9zM12 11V9M12 9q-3-2 0-6q3 4 0 6M5 20h14"/>`},
	{"clock", "a clock", `<circle cx="12" cy="12" r="9"/><path d="M12 6v6l4 2"/>`},
	{"coins", "some coins", `<ellipse cx="9" cy="7" rx="6" ry="3"/><path d="M3 7v5q0 3 6 3M15 7v2M3 12v5q0 3 6 3"/><ellipse cx="16" cy="13" rx="5" ry="3"/><path d="M11 13v5q0 3 5 3t5-3v-5"/>`},
	{"cup", "a warm cup", `<path d="M4 9h12v7q0 4-4 4H8q-4 0-4-4zM16 11q5 0 5 3t-5 3M8 6V3M12 6V3"/>`},
	{"door", "an open door", `<path d="M3 21h18M7 21V3h10v18M7 3l7 3v15M11 13h.01"/>`},
	{"eye", "an eye", `<path d="M2 12q10-13 20 0q-10 13-20 0z"/><circle cx="12" cy="12" r="3"/>`},
	{"face", "a face that smiles", `<circle cx="12" cy="12" r="9"/><path d="M9 9.5v.01M15 9.5v.01M7.5 14q4.5 5 9 0"/>`},
	{"flower", "a flower", `<circle cx="12" cy="8" r="2"/><path d="M12 6q-3-4 0-4t0 4M14 8q4-3 4 0t-4 0M10 8q-4-3-4 0t4 0M12 10v11M12 18q-6 0-6-5 6 0 6 5M12 20q6 0 6-5-6 0-6 5"/>`},
	{"fork", "a way that parts in two", `<path d="M12 21v-6q0-4-6-10M12 15q0-4 6-10M5 10V4h6M19 10V4h-6"/>`},
	{"gift", "a present", `<path d="M4 11h16v10H4zM3 7h18v4H3zM12 7v14M12 7Q6 5 7 3t5 4q4-6 5-4t-5 4"/>`},
	{"globe", "the whole world", `<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3q7 9 0 18q-7-9 0-18"/>`},
	{"heart", "a heart", `<path d="M12 20Q3 14 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5Q21 14 12 20z"/>`},
	{"hourglass", "an hourglass", `<path d="M6 3h12M6 21h12M7 3q0 6 5 9-5 3-5 9M17 3q0 6-5 9 5 3 5 9M10 19h4"/>`},
	{"key", "a key", `<circle cx="7" cy="12" r="4"/><path d="M11 12h11M18 12v4M22 12v3"/>`},
	{"kite", "a kite", `<path d="M13 2l6 6-7 9-5-7zM19 8L7 10M13 2l-1 15q-5 0-4 5"/>`},
	{"lamp", "a lamp that is lit", `<path d="M7 12l3-8h4l3 8zM12 12v9M8 21h8M3 12l1-2M21 12l-1-2"/>`},
	{"lifebuoy", "a ring that helps in water", `<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="4"/><path d="M6 6l3 3M18 6l-3 3M6 18l3-3M18 18l-3-3"/>`},
	{"loop", "two arrows in turn", `<path d="M4 11q1-7 8-7 4 0 7 4M19 3v5h-5M20 13q-1 7-8 7-4 0-7-4M5 21v-5h5"/>`},
	{"magnifier", "a magnifying glass", `<circle cx="10" cy="10" r="7"/><path d="M15 15l6 6M7 9q1-2 3-2"/>`},
	{"meal", "a plate with a fork and a spoon", `<circle cx="12" cy="12" r="4"/><path d="M3 4v5q0 2 1.5 2T6 9V4M4.5 11v9M20 12v8M20 12q-2-1-2-4t2-4 2 4-2 4z"/>`},
	{"megaphone", "a voice that is made louder", `<path d="M3 10v4h4l10 5V5L7 10zM7 14l1 6h3l-1-4M20 9q2 3 0 6"/>`},
	{"mirror", "somebody who looks into a mirror", `<ellipse cx="12" cy="10" rx="7" ry="8"/><path d="M12 18v4M8 22h8M8 15q1-3 4-3t4 3"/><circle cx="12" cy="8.5" r="2.5"/>`},
	{"moon", "the moon", `<path d="M20 15A9 9 0 1 1 10 3a8 8 0 0 0 10 12zM17 4v4M15 6h4"/>`},
	{"music", "a tune", `<circle cx="7" cy="18" r="3"/><circle cx="18" cy="16" r="3"/><path d="M10 18V6l11-3v13M10 10l11-3"/>`},
	{"palm", "an open hand", `<path d="M6 12V7q0-1.5 1.5-1.5T9 7v4V4.5Q9 3 10.5 3T12 4.5V11V4q0-1.5 1.5-1.5T15 4v7V7q0-1.5 1.5-1.5T18 7v8q0 7-6 7-5 0-7-5l-2-4q1-2 3-1l1 2"/>`},
	{"paper", "a written paper", `<path d="M5 3h10l4 4v14H5zM15 3v4h4M8 11h8M8 14h8M8 17h5"/>`},
	{"paper-tick", "a paper with a tick", `<path d="M5 3h10l4 4v14H5zM15 3v4h4M8 14l3 3 5-6"/>`},
	{"pen", "a pen that writes", `<path d="M4 17l1-5L15 2l4 4L9 16zM12 5l4 4M4 21h16"/>`},
	{"people", "two people side by side", `<circle cx="7" cy="7" r="3"/><circle cx="17" cy="7" r="3"/><path d="M2 20q0-8 5-8t5 8M12 20q0-8 5-8t5 8"/>`},
	{"person", "one person", `<circle cx="12" cy="7" r="4"/><path d="M5 21q0-9 7-9t7 9z"/>`},
	{"phone", "a phone", `<rect x="6" y="2" width="12" height="20" rx="2"/><path d="M10 5h4M11 19h2"/>`},
	{"pin", "a place on a map", `<path d="M12 22Q5 14 5 9a7 7 0 0 1 14 0q0 5-7 13z"/><circle cx="12" cy="9" r="2.5"/>`},
	{"plus", "a sign for health", `<path d="M9 3h6v6h6v6h-6v6H9v-6H3V9h6z"/>`},
	{"puzzle", "two pieces that fit", `<path d="M3 8h6q-1-4 1.5-4T12 8v4q4-1 4 1.5T12 15v6H3zM12 8h9v13h-9"/>`},
	{"question", "a question mark", `<path d="M7 9q0-6 5-6t5 5q0 3-3 4-2 1-2 4M12 20v.5"/>`},
	{"shield", "a shield", `<path d="M12 2l9 3q0 12-9 17-9-5-9-17zM8 11l3 3 5-5"/>`},
	{"signpost", "a post with two ways", `<path d="M12 2v20M12 4h7l2 3-2 3h-7M12 11H5l-2 3 2 3h7"/>`},
	{"star", "a star", `<path d="M12 2l3 6.5 7 1-5 5 1 7-6-3.5L6 21.5l1-7-5-5 7-1z"/>`},
	{"steps", "steps that lead up", `<path d="M2 21h6v-5h5v-5h5V6h4M5 11l7-7M8 4h4v4"/>`},
	{"thought", "something in mind", `<path d="M8 16a5 5 0 0 1 0-9 5 5 0 0 1 9-1 5 5 0 0 1 0 10zM6 19.5v.01M3.5 22v.01"/>`},
	{"tick", "a tick", `<path d="M3 13l6 6L21 5"/>`},
	{"turn", "a way that turns off", `<path d="M5 21v-6q0-7 7-7h8M15 3l5 5-5 5"/>`},
	{"waves", "calm water", `<path d="M2 8q2.5-3 5 0t5 0 5 0 5 0M2 13q2.5-3 5 0t5 0 5 0 5 0M2 18q2.5-3 5 0t5 0 5 0 5 0"/>`},
}

// signOf is the sign of each question of the working edition.
var signOf = map[string]string{
	"equality.1": "balance", "equality.2": "globe", "equality.3": "heart", "equality.4": "kite",
	"being-believed.1": "heart", "being-believed.2": "thought", "being-believed.3": "clock",
	"child-first.1": "star", "child-first.2": "cake", "child-first.3": "people",
	"not-punished.1": "lifebuoy", "not-punished.2": "phone", "not-punished.3": "bubble",
	"culture.1": "candle", "culture.2": "meal", "culture.3": "bubbles", "culture.4": "mirror",
	"best-interests.1": "star", "best-interests.2": "question", "best-interests.3": "puzzle",
	"guardian.1": "megaphone", "guardian.2": "clock", "guardian.3": "tick", "guardian.4": "phone",
	"legal-advice.1": "signpost", "legal-advice.2": "paper", "legal-advice.3": "hourglass",
	"procedures.1": "steps", "procedures.2": "calendar", "procedures.3": "bubbles", "procedures.4": "bicycle",
	"home.1": "shield", "home.2": "heart", "home.3": "key", "home.4": "people",
	"trust.1": "bubble", "trust.2": "person", "trust.3": "tick", "trust.4": "signpost",
	"safety.1": "turn", "safety.2": "lamp", "safety.3": "phone", "safety.4": "pin",
	"freedom.1": "bus", "freedom.2": "boat", "freedom.3": "fork",
	"physical-health.1": "heart", "physical-health.2": "plus", "physical-health.3": "moon",
	"emotional-wellbeing.1": "face", "emotional-wellbeing.2": "cup", "emotional-wellbeing.3": "waves", "emotional-wellbeing.4": "mirror",
	"education.1": "bag", "education.2": "pen", "education.3": "bubbles", "education.4": "face",
	"friends.1": "heart", "friends.2": "door", "friends.3": "bed", "friends.4": "music",
	"family.1": "phone", "family.2": "magnifier", "family.3": "people",
	"adulthood.1": "coins", "adulthood.2": "briefcase", "adulthood.3": "paper",
	"hope.1": "gift", "hope.2": "signpost", "hope.3": "flower",
	"listened-to.1": "bubble", "listened-to.2": "loop", "listened-to.3": "paper-tick",
	"told.1": "calendar", "told.2": "globe", "told.3": "bubbles", "told.4": "question",
	"decisions.1": "pen", "decisions.2": "bubble", "decisions.3": "question",
	"my-rights.1": "palm", "my-rights.2": "paper", "my-rights.3": "eye",
	"changing-services.1": "question", "changing-services.2": "loop", "changing-services.3": "lifebuoy",
}

// Signs are the signs, by name.
func Signs() []Sign { return slices.Clone(signs) }

// SignOf is the name of the sign of a question of the working edition; empty for none.
func SignOf(indicator string) string { return signOf[indicator] }

// ForQuestion is the picture of one question: the drawing of its outcome, where it has one,
// and the sign of its own. A question of another edition is told by as many dots as its
// place among those of its outcome, from 1.
func ForQuestion(drawing, indicator string, place int) template.HTML {
	image, _ := For(drawing)
	shapes := dots(place)
	if n, ok := slices.BinarySearchFunc(signs, signOf[indicator], func(s Sign, name string) int { return strings.Compare(s.Name, name) }); ok {
		shapes = signs[n].Image
	}
	return image + `<svg class="sf-sign" aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">` + shapes + `</svg>` // Safety: texts of this package
}

// dots are as many as place says, three in a row.
func dots(place int) template.HTML {
	path := ""
	for n := range min(max(place, 1), 9) {
		path += "M" + []string{"6", "12", "18"}[n%3] + " " + []string{"6", "12", "18"}[n/3] + "h.01"
	}
	return template.HTML(`<path stroke-width="4" d="` + path + `"/>`)
}
