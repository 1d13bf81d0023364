package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"stablefutures/internal/returns/table"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook, looked at before anything is unpacked.
const (
	maxUnpacked = 512 << 20 // bytes
	maxParts    = 2000
)

// Workbook reads every sheet of an xlsx file that holds a table; sheets without
// a row of at least two cells are left out. Dates come as Excel's serial numbers
// of the 1900 system, whatever their format.
func Workbook(data []byte) (sheets []*Sheet, err error) {
	if err := packaged(data); err != nil {
		return nil, err
	}
	// The limit for single parts equals that of all, so that excelize unpacks
	// into memory: nothing of a return is to lie on the disk.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, refuse("The workbook cannot be opened: it is damaged or was cut off on its way. Open it in Excel, save it again as xlsx and send it again.")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	formulas, err := unworked(data)
	if err != nil {
		return nil, refuse("The workbook cannot be read: it is damaged. Open it in Excel, save it again as xlsx and send it again.")
	}
	for _, name := range book.GetSheetList() {
		sheet, err := readSheet(book, name)
		if err != nil {
			return nil, err
		}
		sheet.markUnworked(formulas[name])
		if sheet.Header != nil {
			sheets = append(sheets, sheet)
		}
	}
	if len(sheets) == 0 {
		return nil, refuse("No sheet of the workbook holds a table. Check that the right file was sent.")
	}
	return sheets, nil
}

// packaged says in plain words why data is no workbook that can be opened.
func packaged(data []byte) error {
	if hasPrefix(data, "\xd0\xcf\x11\xe0") {
		return refuse("The workbook is protected by a password, or is an old xls file. Save it as xlsx without a password and send it again.")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return refuse("The workbook is damaged or was cut off on its way. Send it again, or save it again as xlsx.")
	}
	if len(archive.File) > maxParts {
		return refuse(fmt.Sprintf("The workbook has %d parts; no return has more than %d.", len(archive.File), maxParts))
	}
	var unpacked uint64
	for _, part := range archive.File {
		unpacked += part.UncompressedSize64
		if unpacked > maxUnpacked {
			return refuse(fmt.Sprintf("The workbook unpacks to more than %d MB. Leave out what is not a return, or split it.", maxUnpacked>>20))
		}
		if part.Name == "xl/vbaProject.bin" {
			return refuse("The workbook holds macros. Save it as xlsx without macros and send it again.")
		}
	}
	return nil
}

// readSheet streams one sheet.
func readSheet(book *excelize.File, name string) (sheet *Sheet, err error) {
	sheet = &Sheet{Name: name}
	rows, err := book.Rows(name)
	if err != nil {
		return sheet, nil //nolint:nilerr // a chart sheet has no rows, and is no table
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	errorCells := map[string]int{}
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, refuse(fmt.Sprintf("Sheet %s cannot be read at row %d: the workbook is damaged. Save it again as xlsx.", name, number))
		}
		if sheet.Header == nil && filled(cells) < 2 {
			continue // a title above the table
		}
		dropErrors(cells, errorCells)
		if err := sheet.add(cells, number); err != nil {
			return nil, err
		}
	}
	if err := rows.Error(); err != nil {
		return nil, refuse("Sheet " + name + " cannot be read: the workbook is damaged. Save it again as xlsx.")
	}
	if sheet.Header == nil {
		return sheet, nil
	}
	for value, n := range errorCells {
		sheet.ReadAs = append(sheet.ReadAs, table.ReadAs{Column: "(any)", Observed: value, TakenAs: "(blank)", Count: n})
	}
	if err := sheet.to1900(book); err != nil {
		return nil, err
	}
	return sheet, sheet.noteCells(book)
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// dropErrors blanks the error values that a formula left in a cell.
func dropErrors(cells []string, found map[string]int) {
	for i, c := range cells {
		switch c {
		case "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!":
			found[c]++
			cells[i] = ""
		}
	}
}

// to1900 moves the dates of a workbook that counts days from 1904. A number is
// taken for a date where its cell has a date format.
func (s *Sheet) to1900(book *excelize.File) error {
	props, err := book.GetWorkbookProps()
	if err != nil || props.Date1904 == nil || !*props.Date1904 {
		return err
	}
	const between = 1462 // days from 1 January 1900 to 1 January 1904, as Excel counts them
	for i, row := range s.Rows {
		for j, cell := range row {
			serial, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				continue
			}
			isDate, err := dateFormat(book, s.Name, j+1, s.Number(i))
			if err != nil {
				return err
			}
			if isDate {
				row[j] = strconv.FormatFloat(serial+between, 'f', -1, 64)
			}
		}
	}
	return nil
}

// dateFormat tells whether a cell shows a number as a day.
func dateFormat(book *excelize.File, sheet string, column, row int) (bool, error) {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return false, err
	}
	id, err := book.GetCellStyle(sheet, cell)
	if err != nil {
		return false, err
	}
	style, err := book.GetStyle(id)
	if err != nil {
		return false, err
	}
	custom := style.CustomNumFmt != nil && strings.ContainsAny(*style.CustomNumFmt, "dmyDMY")
	return custom || style.NumFmt >= 14 && style.NumFmt <= 22, nil
}

// noteCells tells of merged cells, whose value belongs to the first cell alone.
func (s *Sheet) noteCells(book *excelize.File) error {
	merged, err := book.GetMergeCells(s.Name)
	if err != nil {
		return err
	}
	for _, m := range merged {
		_, row, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil || row <= s.HeaderRow-1 {
			continue // in a title above the table
		}
		s.Problems = append(s.Problems, table.Problem{Sheet: s.Name, Row: row, Code: "merged-cells",
			Message: fmt.Sprintf("Cells %s to %s are merged: the value was read for the first of them, and the others as blank. Unmerge them if it holds for all.", m.GetStartAxis(), m.GetEndAxis())})
	}
	return nil
}
