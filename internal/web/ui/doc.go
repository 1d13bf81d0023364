// Package ui draws the parts of pages: GOV.UK components as Go structs, the
// frame around each page, and the stylesheet and script that go with them.
//
// A page is made in three steps. Handlers fill plain structs of this package
// (TextInput, Table, …). A page's own template, parsed by ParseViews, places
// them with {{ui .Field}}. Views.Page puts the result into the frame and writes
// it only when all of it could be drawn:
//
//	views, err := ui.ParseViews(files, "templates/*.html")
//	…
//	err = views.Page(w, http.StatusOK, ui.Page{Heading: "Caseload", …}, "caseload", data)
//
// Components carry GOV.UK's classes and markup and are compared with GOV.UK's own
// fixtures. Nothing here writes a style attribute or an inline script: the content
// security policy of the pages allows neither.
//
// No data is fetched, nothing is decided about access, and no route is known here.
package ui
