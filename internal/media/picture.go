package media

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
)

// Bounds of a picture: what is taken, and to what it is made smaller.
const (
	mostPixels  = 24_000_000
	longestSide = 1600
	quality     = 85
)

// drawing bounds how many pictures are decoded at a time: each may take hundreds of
// megabytes while it is.
var drawing = make(chan struct{}, 2)

// drawnAnew decodes a picture and draws it upright, no larger than longestSide. Nothing
// but its points is in what comes of it. How large it is, is known before it is decoded.
func drawnAnew(data []byte, kind string) (File, error) {
	decodeConfig, decode := png.DecodeConfig, png.Decode
	if kind == "image/jpeg" {
		decodeConfig, decode = jpeg.DecodeConfig, jpeg.Decode
	}
	size, err := decodeConfig(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return File{}, ErrKind
	}
	if int64(size.Width)*int64(size.Height) > mostPixels {
		return File{}, ErrBig
	}
	drawing <- struct{}{}
	defer func() { <-drawing }()
	source, err := decode(bytes.NewReader(data))
	if err != nil {
		return File{}, ErrKind
	}
	upright := turned(scaled(source), orientation(data, kind))
	var out bytes.Buffer
	if kind == "image/jpeg" {
		err = jpeg.Encode(&out, upright, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&out, upright)
	}
	if out.Len() > Most {
		return File{}, ErrBig
	}
	return File{kind, out.Bytes()}, err
}

// scaled copies a picture, made smaller where it is larger than longestSide: each point
// is the mean of those that it stands for.
func scaled(source image.Image) *image.NRGBA {
	b := source.Bounds()
	width, height := fitting(b.Dx(), b.Dy())
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	at := pointsOf(source)
	for y := range height {
		top, bottom := b.Min.Y+y*b.Dy()/height, b.Min.Y+(y+1)*b.Dy()/height
		for x := range width {
			left, right := b.Min.X+x*b.Dx()/width, b.Min.X+(x+1)*b.Dx()/width
			out.SetRGBA64(x, y, mean(at, image.Rect(left, top, right, bottom)))
		}
	}
	return out
}

// fitting is the size that a picture is made smaller to.
func fitting(width, height int) (int, int) {
	long := max(width, height)
	if long <= longestSide {
		return width, height
	}
	return max(1, width*longestSide/long), max(1, height*longestSide/long)
}
