package young

import "html/template"

// face is the mouth of a step of the scale, from 5 to 1, in a round of 36.
func face(step int) string {
	return map[int]string{5: "M9.5 20Q18 31 26.5 20", 4: "M11 21.5Q18 27 25 21.5", 3: "M11 23.5H25", 2: "M11 25Q18 20.5 25 25", 1: "M10 27Q18 17 26 27"}[step]
}

// icons are small signs beside words, of one hand: 24 by 24, lines of 2. They never
// stand alone, but where somebody chose pictures: then their words are heard, or shown
// with one tap. None reminds of harm.
var icons = map[string]template.HTML{ // Safety: texts of this file
	"talk":                 `<path d="M4 5h16v11H10l-5 4v-4H4z"/>`,
	"pen":                  `<path d="M5 19l1-4L16 5l3 3L9 18z"/>`,
	"lines":                `<path d="M5 6h14M5 12h14M5 18h9"/>`,
	"hand":                 `<path d="M6 21V4h12l-3 4 3 4H6"/>`,
	"steps":                `<path d="M4 19h5v-5h5V9h5V4"/>`,
	"eye":                  `<path d="M3 12q9-11 18 0q-9 11-18 0z"/><circle cx="12" cy="12" r="2.5"/>`,
	"choice":               `<path d="M4 7h16M4 17h16"/><circle cx="9" cy="7" r="2.5"/><circle cx="15" cy="17" r="2.5"/>`,
	"help":                 `<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16v1"/>`,
	"all":                  `<circle cx="7" cy="8" r="2.5"/><circle cx="17" cy="8" r="2.5"/><path d="M3 19q0-6 4-6t4 6M13 19q0-6 4-6t4 6"/>`,
	"one":                  `<circle cx="12" cy="8" r="3"/><path d="M6 20q0-7 6-7t6 7"/>`,
	"none":                 `<circle cx="12" cy="8" r="3"/><path d="M6 20q0-7 6-7t6 7M4 4l16 16"/>`,
	"does-not-want-to-say": `<path d="M4 5h16v11H10l-5 4v-4H4zM9 8l6 5M15 8l-6 5"/>`,
	"does-not-know":        `<path d="M8 9q0-5 4-5t4 4q0 3-4 5v2M12 19v1"/>`,
	"not-part-of-my-life":  `<circle cx="12" cy="12" r="8" stroke-dasharray="2 3"/>`,
	"phone":                `<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>`,
	"sound":                `<path d="M4 10v4h3l5 4V6L7 10zM16 9q3 3 0 6"/>`,
	"back":                 `<path d="M21 12H4M11 5l-7 7 7 7"/>`,
	"next":                 `<path d="M3 12h17M13 5l7 7-7 7"/>`,
	"skip":                 `<path d="M4 6l6 6-6 6M12 6l6 6-6 6M21 6v12"/>`,
	"leave":                `<path d="M14 3H4v18h10M9 12h12M17 8l4 4-4 4"/>`,
	"tick":                 `<path d="M3 13l6 6L21 5"/>`,
	"again":                `<path d="M5 4v6h6M5 10q3-6 8-6 7 0 7 8t-7 8q-5 0-7-4"/>`,
	"mic":                  `<rect x="9" y="2" width="6" height="12" rx="3"/><path d="M5 11q0 7 7 7t7-7M12 18v4"/>`,
	"send":                 `<path d="M3 11l18-8-7 18-3-7zM11 14l10-11"/>`,
	"palm":                 `<path d="M6 12V7q0-1.5 1.5-1.5T9 7v4V4.5Q9 3 10.5 3T12 4.5V11V4q0-1.5 1.5-1.5T15 4v7V7q0-1.5 1.5-1.5T18 7v8q0 7-6 7-5 0-7-5l-2-4q1-2 3-1l1 2"/>`,
	"globe":                `<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3q7 9 0 18q-7-9 0-18"/>`,
	"picture":              `<rect x="3" y="5" width="18" height="14" rx="1"/><path d="M3 17l6-6 5 5 3-3 4 4"/>`,
}

func icon(name string) template.HTML { return icons[name] }
