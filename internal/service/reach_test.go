package service_test

import (
	"testing"

	"stablefutures/internal/access"
)

// Who is in no team reaches all young people as a manager alone: a duty worker reaches
// those who are allocated to them.
func TestADutyWorkerOfNoTeamReachesTheirOwn(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		duty := h.account(t, "duty", access.DutyWorker)
		if w.opens(t, duty, w.record) {
			t.Error("a duty worker of no team opens a stranger's record")
		}
		if list, err := w.Caseload(t.Context(), duty, w.reference, ""); err != nil || len(list.Rows) != 0 {
			t.Errorf("and finds it: %+v, %v", list.Rows, err)
		}
		if err := w.Allocate(t.Context(), w.manager, w.record, []string{duty.Account, w.worker.Account}); err != nil {
			t.Fatal(err)
		}
		if !w.opens(t, duty, w.record) || w.opens(t, duty, w.other) || !w.opens(t, w.manager, w.other) {
			t.Error("it is not what is allocated to them that they open")
		}
		if list, err := w.Caseload(t.Context(), duty, "", ""); err != nil || len(list.Rows) != 1 {
			t.Errorf("their caseload: %+v, %v", list.Rows, err)
		}
	})
}
