package disclosure

// Total is the id of the total of a row, of a column or of both.
const Total = "total"

// Table is counts by rows and columns, with the totals of both.
type Table struct {
	ID         string // starts the ids of its counts
	Rows, Cols []string
	Cells      [][]int // by row, then column
	// Name gives a count of the table the id that it has elsewhere, which links
	// the tables; row or col is Total for totals. Nil, or an answer of "", for
	// the table's own id: "ID/row/col".
	Name func(row, col string) string
}

// CellID is the id in the model of one count of the table.
func (t Table) CellID(row, col string) string {
	if t.Name != nil {
		if id := t.Name(row, col); id != "" {
			return id
		}
	}
	return t.ID + "/" + row + "/" + col
}

// AddTable adds every count of a table and its totals, and that each row and
// each column adds up. The grand total is kept before the totals, and these
// before the inside of the table.
func (m *Model) AddTable(t Table) {
	rows, cols := append(t.Rows[:len(t.Rows):len(t.Rows)], Total), append(t.Cols[:len(t.Cols):len(t.Cols)], Total)
	value := t.withTotals()
	for i, row := range rows {
		for j, col := range cols {
			keep := 0
			if row == Total {
				keep++
			}
			if col == Total {
				keep++
			}
			m.Add(Count{ID: t.CellID(row, col), Value: value[i][j], Keep: keep})
		}
	}
	for _, row := range rows {
		m.Sum(t.CellID(row, Total), ids(t.Cols, func(col string) string { return t.CellID(row, col) })...)
	}
	for _, col := range cols {
		m.Sum(t.CellID(Total, col), ids(t.Rows, func(row string) string { return t.CellID(row, col) })...)
	}
}

// withTotals is the table with a row and a column of totals at its ends.
func (t Table) withTotals() [][]int {
	sums := make([]int, len(t.Cols)+1)
	var out [][]int
	for i := range t.Rows {
		row := make([]int, len(t.Cols)+1)
		for j := range t.Cols {
			n := t.Cells[i][j]
			row[j] = n
			row[len(t.Cols)] += n
			sums[j] += n
			sums[len(t.Cols)] += n
		}
		out = append(out, row)
	}
	return append(out, sums)
}

func ids(names []string, id func(string) string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = id(name)
	}
	return out
}

// Part is one line of a breakdown.
type Part struct {
	ID    string
	Value int
}

// AddBreakdown adds a total and the parts that make it up. A total or a part
// that is already in the model is the same count.
func (m *Model) AddBreakdown(total string, parts ...Part) {
	sum := 0
	names := make([]string, len(parts))
	for i, p := range parts {
		m.Show(p.ID, p.Value)
		names[i] = p.ID
		sum += p.Value
	}
	m.Add(Count{ID: total, Value: sum, Keep: 1})
	m.Sum(total, names...)
}
