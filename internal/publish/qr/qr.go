// Package qr draws an address as a picture that a phone reads (a QR code), as SVG that
// stands in a page: no script, no style, no picture of its own to be asked for and kept.
//
// The squares are worked out by a library; nothing else of it is used. No addresses, no
// codes and no pages belong here.
package qr

import (
	"fmt"
	"html/template"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quiet is the white edge that a reader needs, in squares: ISO/IEC 18004 asks for four.
const quiet = 4

// SVG is the picture of a text, black on white whatever colours the reader chose. name is
// read out in its place; class gives it its size.
func SVG(text, name, class string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return "", fmt.Errorf("draw an address: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for x+run < size && dark(code.At(x+run, y)) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
				x += run
			}
		}
	}
	whole := size + 2*quiet
	return template.HTML(fmt.Sprintf(`<svg class="%s" role="img" aria-label="%s" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>`, // Safety: numbers, and texts that are escaped
		template.HTMLEscapeString(class), template.HTMLEscapeString(name), whole, whole, whole, whole, path.String())), nil
}

func dark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r == 0
}
