package cli

import (
	"fmt"
	"io"

	"stablefutures/internal/framework"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
)

type templateCommand struct {
	Table   string `arg:"" enum:"register,readings" help:"register or readings."`
	Edition string `placeholder:"FILE" help:"Edition for whose indicators the readings are; the working edition where none is given."`
	fileOutput
}

// Run writes the empty template. It needs no database.
func (c *templateCommand) Run(r *run) error {
	edition := framework.Working()
	if c.Edition != "" {
		var err error
		if edition, err = readEdition(c.Edition); err != nil {
			return err
		}
	}
	return writeTo(r, c.Output, func(w io.Writer) error {
		if c.Table == "register" {
			return template.WriteRegister(w, c.format())
		}
		return template.WriteReadings(w, c.format(), []*framework.Edition{edition})
	})
}

type exportCommand struct {
	database
	authorityFlag
	Table string `arg:"" enum:"register,readings" help:"register or readings."`
	fileOutput
}

// Run writes what the records hold, to be read again by import. The file names
// children: it is for the operator to keep safe, and the command says so.
func (c *exportCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		rows := 0
		err := writeTo(r, c.Output, func(w io.Writer) (err error) {
			export := s.ExportReadings
			if c.Table == "register" {
				export = s.ExportRegister
			}
			rows, err = export(r.ctx, actor, w, c.format())
			return err
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Err, "%d rows written. They name young people: keep the file as safe as the records.\n", rows)
		return err
	})
}
