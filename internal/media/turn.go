package media

import (
	"encoding/binary"
	"image"
	"image/color"
)

// pointsOf reads points without making a value for each, where the picture can.
func pointsOf(source image.Image) func(x, y int) color.RGBA64 {
	if quick, ok := source.(image.RGBA64Image); ok {
		return quick.RGBA64At
	}
	return func(x, y int) color.RGBA64 {
		r, g, b, a := source.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)} //nolint:gosec // 16 bits each
	}
}

// mean is the mean of the points of an area, which is not empty.
func mean(at func(x, y int) color.RGBA64, area image.Rectangle) color.RGBA64 {
	var r, g, b, a, n uint64
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c := at(x, y)
			r, g, b, a, n = r+uint64(c.R), g+uint64(c.G), b+uint64(c.B), a+uint64(c.A), n+1
		}
	}
	return color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(b / n), A: uint16(a / n)} //nolint:gosec // means of 16 bits
}

// turned turns and mirrors a picture as its orientation (1 to 8) says, so that it stands
// upright without it.
func turned(source *image.NRGBA, orientation int) *image.NRGBA {
	if orientation <= 1 || orientation > 8 {
		return source
	}
	width, height := source.Rect.Dx(), source.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	if orientation >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, height, width))
	}
	for y := range height {
		for x := range width {
			toX, toY := x, y
			switch orientation {
			case 2:
				toX = width - 1 - x
			case 3:
				toX, toY = width-1-x, height-1-y
			case 4:
				toY = height - 1 - y
			case 5:
				toX, toY = y, x
			case 6:
				toX, toY = height-1-y, x
			case 7:
				toX, toY = height-1-y, width-1-x
			case 8:
				toX, toY = y, width-1-x
			}
			out.SetNRGBA(toX, toY, source.NRGBAAt(x, y))
		}
	}
	return out
}

// orientation is how a picture is to be turned; 1, as it is, where it does not say.
func orientation(data []byte, kind string) int {
	if kind == "image/png" {
		return orientationOfPNG(data)
	}
	return orientationOfJPEG(data)
}

// orientationOfJPEG looks into the segments before the points.
func orientationOfJPEG(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xff { // a fill byte
			at++
			continue
		}
		end := at + 2 + size
		if marker == 0xda || size < 2 || end > len(data) {
			return 1
		}
		if body := data[at+4 : end]; marker == 0xe1 && len(body) > 6 && string(body[:6]) == "Exif\x00\x00" {
			return orientationOfTIFF(body[6:])
		}
		at = end
	}
	return 1
}

func orientationOfPNG(data []byte) int {
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		end := at + 12 + size
		if end > len(data) {
			return 1
		}
		if string(data[at+4:at+8]) == "eXIf" {
			return orientationOfTIFF(data[at+8 : end-4])
		}
		at = end
	}
	return 1
}

// orientationOfTIFF reads the one tag from EXIF data that is of use to us.
func orientationOfTIFF(data []byte) int {
	if len(data) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(data[:2]) == "MM" {
		order = binary.BigEndian
	}
	first := int(order.Uint32(data[4:]))
	if first > len(data)-2 {
		return 1
	}
	for n, at := int(order.Uint16(data[first:])), first+2; n > 0 && at+12 <= len(data); n, at = n-1, at+12 {
		if order.Uint16(data[at:]) == 0x0112 {
			if v := int(order.Uint16(data[at+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}
