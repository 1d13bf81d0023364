package web

// pageLanguage is the language in which the pages are written, and so the one in
// which they ask an edition for its texts. The edition answers in the nearest it
// has: what shows is the text, and never a gap.
const pageLanguage = "en"
