package young

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"stablefutures/internal/date"
	"stablefutures/internal/service"
)

//go:embed slip.css
var slipSource string

var slipStyle = squeeze(slipSource)

// Slip is a way in for later, as it is printed for a young person. Nothing on the paper
// tells what it is for or whose it is. Before and Back are for the worker who prints it,
// and are not printed.
type Slip struct {
	Words   service.OwnWords
	Code    string        // digits in groups
	Address string        // to be typed
	Picture template.HTML // the address with the code, to be read by a phone
	Until   date.Date
	Before  string
	Back    string // address of the page before
	Leave   string // words of the link there
}

// slipView is a slip with its style.
type slipView struct {
	Slip
	Style template.CSS
	Day   string
}

// Slip answers with a slip to be printed.
func (p *Pages) Slip(w http.ResponseWriter, r *http.Request, s Slip) error {
	var out bytes.Buffer
	view := slipView{s, template.CSS(slipStyle), day(s.Until)} // Safety: a file of this package
	if err := p.views.set.ExecuteTemplate(&out, "slip", view); err != nil {
		return err
	}
	headers(w.Header())
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+hash64(slipStyle)+"'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	return write(w, r, http.StatusOK, out.Bytes())
}
