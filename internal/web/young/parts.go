package young

import (
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"
)

// A list that grows is shown in parts, so that a page stays as small as all the others: of
// so many entries at most, and of fewer where people wrote much. One entry is always shown
// whole, whatever it holds.
const (
	onePart   = 15
	mostWords = 4000 // characters of what people wrote, in one part
)

// part is one page of a list.
type part[T any] struct {
	Items []T
	Page  int // from 1
	Last  bool
	At    string // address of the list
}

// partOf is the part that was asked for; the last one where there are not so many. written
// is how many characters an entry has of what people wrote.
func partOf[T any](r *http.Request, at string, list []T, written func(T) int) part[T] {
	asked, _ := strconv.Atoi(r.URL.Query().Get("page")) // 0 is the first
	p := part[T]{At: at}
	for p.Page < max(asked, 1) && (len(list) > 0 || p.Page == 0) {
		n, words := 0, 0
		for n < min(len(list), onePart) {
			if words += written(list[n]); n > 0 && words > mostWords {
				break
			}
			n++
		}
		p.Items, list, p.Page = list[:n], list[n:], p.Page+1
	}
	p.Last = len(list) == 0
	return p
}

// back is the address of the part before this one; of the page before where it is the first.
func (p part[T]) back(before string) string {
	if p.Page == 1 {
		return before
	}
	return pageOf(p.At, p.Page-1)
}

// Before is the address of the part before this one; empty where it is the first.
func (p part[T]) Before() string { return p.back("") }

// After is the address of the part after this one; empty where it is the last.
func (p part[T]) After() string {
	if p.Last {
		return ""
	}
	return pageOf(p.At, p.Page+1)
}

// pageOf is the address of a part of a list.
func pageOf(at string, page int) string {
	if page < 2 {
		return at
	}
	return at + "?page=" + strconv.Itoa(page)
}

// turned is a list the other way round.
func turned[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

func characters(words ...string) (n int) {
	for _, text := range words {
		n += utf8.RuneCountInString(text)
	}
	return n
}
