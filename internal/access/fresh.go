package access

// fresh are the acts before which somebody proves again who they are: what leaves the
// program, and what decides who else may come in. A session that was left open, or
// stolen, does not suffice for them.
var fresh = map[Act]bool{
	ManageAccounts: true,
	ExportRecords:  true,
	AskDecision:    true, // an export with names, erasing, lifting a restriction
	Decide:         true,
	Restrict:       true, // who else may open a record
}

// NeedsFresh tells whether act needs a second factor that was given a short while ago.
func NeedsFresh(act Act) bool { return fresh[act] }
