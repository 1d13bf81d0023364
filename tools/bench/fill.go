package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
)

const (
	young   = 2500 // young people on the register
	talks   = 8    // conversations with each
	firstID = 100_000
)

// fill takes a council's files in, as the council itself would: two episodes a
// child, the register, and n readings.
func fill(ctx context.Context, h *house, n int) error {
	if err := h.AddAuthority(ctx, council, "Fernshire Council", true); err != nil {
		return err
	}
	entries, err := registerFile()
	if err != nil {
		return err
	}
	readings, err := readingsFile(n)
	if err != nil {
		return err
	}
	report, err := h.Import(ctx, service.Operator(council), []service.File{{Name: "episodes.csv", Data: episodes(2 * young)},
		{Name: "register.csv", Data: entries}, {Name: "readings.csv", Data: readings}}, service.ImportOptions{YearEnding: "2026-03-31"})
	if err != nil {
		return err
	}
	for _, f := range report.Files {
		if f.RowsSetAside > 0 {
			return fmt.Errorf("%s was not taken whole: %+v", f.Name, f.Problems[:1])
		}
	}
	return nil
}

func registerFile() ([]byte, error) {
	types := []string{register.TypeCriminal, "labour", register.TypeUnknownPast}
	var rows []table.RegisterRow
	for i := range young {
		rows = append(rows, table.RegisterRow{Child: strconv.Itoa(firstID + i), Name: fmt.Sprintf("Young Person %d", i), Entry: register.Entry{
			register.FieldState: string(register.Referred), register.FieldReferredOn: string(date.Date("2025-01-01").AddDays(i % 400)), register.FieldFirstResponder: "Fernshire Council",
			register.FieldTypes: types[i%len(types)]}})
	}
	var out bytes.Buffer
	err := template.ExportRegister(&out, template.CSV, rows)
	return out.Bytes(), err
}

// readingsFile has n readings, spread alike over young people, conversations and
// both voices, with answers that move.
func readingsFile(n int) ([]byte, error) {
	random := rand.New(rand.NewPCG(1, 2))
	edition := framework.Working()
	indicators := allIndicators()
	each := n / (young * talks * 2)
	var rows []table.ReadingRow
	for i := range young {
		for talk := range talks {
			day := date.Date("2024-11-01").AddDays(talk*90 + i%60)
			for k := range each {
				r := conversation.Reading{Edition: edition.ID, Indicator: indicators[(i+talk*3+k)%len(indicators)].ID, Voice: conversation.YoungPerson,
					State: conversation.Answered, Value: 1 + random.IntN(5), HelpedBy: []conversation.Help{conversation.WorkerHelp}, SaidOn: day}
				if random.IntN(10) == 0 {
					r.State, r.Value = conversation.DoesNotWantToSay, 0
				}
				worker := r
				worker.Voice, worker.HelpedBy, worker.State, worker.Value, worker.Evidence = conversation.Worker, nil, conversation.Answered, 1+random.IntN(5), conversation.Seen
				for _, said := range []conversation.Reading{r, worker} {
					rows = append(rows, table.ReadingRow{Child: strconv.Itoa(firstID + i), Conversation: strconv.Itoa(talk + 1), Language: "English", Reading: said})
				}
			}
		}
	}
	var out bytes.Buffer
	err := template.ExportReadings(&out, template.CSV, []*framework.Edition{edition}, rows)
	return out.Bytes(), err
}

func allIndicators() (list []framework.Indicator) {
	for _, o := range framework.Working().Outcomes() {
		list = append(list, o.Indicators...)
	}
	return list
}
