package tabular

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"stablefutures/internal/returns/table"

	"github.com/xuri/excelize/v2"
)

// NoResult stands in a cell whose formula was never worked out, as in workbooks
// that a program wrote and no spreadsheet ever opened. It is no value of any
// column: a reader must not take the cell for blank, which may mean "still
// going on".
const NoResult = "(formula without a result)"

// unworked are the cells of each sheet, by the sheet's name, that hold a formula
// and no result.
func unworked(data []byte) (map[string][]string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	names, err := sheetParts(parts)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for name, part := range names {
		if f := parts[part]; f != nil {
			if out[name], err = unworkedCells(f); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// sheetParts finds the part of the package that holds each sheet.
func sheetParts(parts map[string]*zip.File) (map[string]string, error) {
	const book = "xl/workbook.xml"
	var sheets struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(unmarshal(parts[book], &sheets), unmarshal(parts["xl/_rels/workbook.xml.rels"], &relations)); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range relations.Relations {
		if strings.HasPrefix(r.Target, "/") {
			target[r.ID] = strings.TrimPrefix(r.Target, "/")
		} else {
			target[r.ID] = path.Join("xl", r.Target)
		}
	}
	out := map[string]string{}
	for _, s := range sheets.Sheets {
		out[s.Name] = target[s.ID]
	}
	return out, nil
}

func unmarshal(part *zip.File, into any) (err error) {
	if part == nil {
		return nil // another layout of the package: its formulas are not looked at
	}
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return xml.NewDecoder(r).Decode(into)
}

// unworkedCells reads a sheet only where it holds a formula at all.
func unworkedCells(part *zip.File) (cells []string, err error) {
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	text, err := io.ReadAll(r)
	if err != nil || !bytes.Contains(text, []byte("<f")) {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return cells, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "c" {
			continue
		}
		var cell struct {
			At      string  `xml:"r,attr"`
			Formula *string `xml:"f"`
			Value   string  `xml:"v"`
			Inline  *string `xml:"is"`
		}
		if err := d.DecodeElement(&cell, &start); err != nil {
			return nil, err
		}
		if cell.Formula != nil && cell.Value == "" && cell.Inline == nil {
			cells = append(cells, cell.At)
		}
	}
}

// markUnworked puts NoResult into the cells of a sheet whose formula has no
// result, and tells of them in one line.
func (s *Sheet) markUnworked(cells []string) {
	marked, first := 0, ""
	for _, cell := range cells {
		column, row, err := excelize.CellNameToCoordinates(cell)
		if err != nil || column > maxColumns {
			continue
		}
		at, ok := slices.BinarySearch(s.Numbers, row)
		if !ok {
			continue // above the table, or a row of which nothing else is filled
		}
		for len(s.Rows[at]) < column {
			s.Rows[at] = append(s.Rows[at], "")
		}
		s.Rows[at][column-1] = NoResult
		if marked++; marked == 1 {
			first = cell
		}
	}
	if marked > 0 {
		_, row, _ := excelize.CellNameToCoordinates(first) //nolint:errcheck // read just above
		s.Problems = append(s.Problems, table.Problem{Sheet: s.Name, Row: row, Code: "formula-without-result",
			Message: fmt.Sprintf("%d cells, the first of them %s, hold a formula whose result is not in the file. Open the workbook in Excel, save it and send it again.", marked, first)})
	}
}
