package places_test

import (
	"testing"

	"stablefutures/internal/returns/places"
)

func TestAnAuthorityByItsNamesAndNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"Kent": "Kent", "KENT COUNTY COUNCIL": "Kent", "E10000016": "Kent", "886": "Kent", "Royal Borough of Kingston upon Thames": "Kingston upon Thames",
		"Caerdydd - Cardiff": "WAL", "WAL - Child placed in Wales": "WAL", "301 Barking and Dagenham": "Barking and Dagenham", "Fernshire": "Fernshire",
		"12 Quigley Road": "", "ZQ9 7XY": "", "Jane Quigglethorpe": "", "": "",
	} {
		if got, known := places.Find(text); got != want || known != (want != "") {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestWhatStandsRoundAnAuthorityIsNotShown(t *testing.T) {
	for text, want := range map[string]string{
		"KENT COUNTY COUNCIL": "KENT COUNTY COUNCIL", "WAL - Mrs Quigley": "WAL …", "Quigley Kent": "… Kent", "Quigley - Kent": "… - Kent",
	} {
		if got := places.ReadAs(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
