// Package access decides who may do what to which record: the roles, the acts,
// and how far each role's reach goes. The Go decision and the SQL that queries
// carry stand side by side here, and a test holds them together.
//
// Default is no: what the table does not name is refused. No HTTP and no
// database handles belong here.
package access

// Role is what somebody is to the authority. Values are stored.
type Role string

const (
	Worker        Role = "worker"
	Manager       Role = "manager"
	DataOfficer   Role = "data-officer"
	Administrator Role = "administrator"

	// Operator is whoever runs commands on the machine itself. No account has
	// this role.
	Operator Role = "operator"
)

// Roles are the roles that an account may have, in the order in which they are offered.
var Roles = []Role{Worker, Manager, DataOfficer, Administrator}

// Label is the role in words.
func (r Role) Label() string {
	return map[Role]string{
		Worker: "Worker", Manager: "Manager", DataOfficer: "Data officer", Administrator: "Administrator",
		Operator: "Operator of the machine",
	}[r]
}

// Act is something that can be done.
type Act string

const (
	ReadRecord     Act = "read a young person's record"
	WriteRecord    Act = "hold a conversation, or change a register entry"
	AddChild       Act = "add a young person by hand"
	Allocate       Act = "allocate young people to workers"
	ReadPublished  Act = "see the council's figures with small numbers kept back"
	ReadExact      Act = "see the council's exact figures"
	ImportFiles    Act = "take files in"
	DecideMatches  Act = "say whether two records are one young person"
	ManageAccounts Act = "add, change and end accounts"
	ExportRecords  Act = "write the register and the readings to a file"
	KeepBackups    Act = "back the whole database up"
	OwnAccount     Act = "see and change one's own account"
)

// Acts are all acts, in the order in which the access table prints them.
var Acts = []Act{
	ReadRecord, WriteRecord, AddChild, Allocate, ReadExact, ReadPublished,
	ImportFiles, DecideMatches, ManageAccounts, ExportRecords, KeepBackups, OwnAccount,
}

// Reach is how far a role's right to an act goes.
type Reach string

const (
	None      Reach = "none"
	Allocated Reach = "allocated" // young people allocated to this person
	Authority Reach = "authority" // everything of the person's own authority
)

// table is the policy. An administrator runs the system without reading records.
var table = map[Act]map[Role]Reach{
	ReadRecord:     {Worker: Allocated, Manager: Authority},
	WriteRecord:    {Worker: Allocated, Manager: Authority},
	AddChild:       {Worker: Authority, Manager: Authority},
	Allocate:       {Manager: Authority},
	ReadExact:      {Manager: Authority, Operator: Authority},
	ReadPublished:  {Worker: Authority, Manager: Authority, DataOfficer: Authority, Operator: Authority},
	ImportFiles:    {DataOfficer: Authority, Operator: Authority},
	DecideMatches:  {Manager: Authority, DataOfficer: Authority},
	ManageAccounts: {Administrator: Authority, Operator: Authority},
	ExportRecords:  {Operator: Authority},
	KeepBackups:    {Operator: Authority},
	OwnAccount:     {Worker: Authority, Manager: Authority, DataOfficer: Authority, Administrator: Authority},
}

// ReachOf is how far role may do act; None where the table says nothing.
func ReachOf(role Role, act Act) Reach {
	if reach, ok := table[act][role]; ok {
		return reach
	}
	return None
}

// Scope is what one person may reach with one act; queries over records take it.
type Scope struct {
	Authority string
	Account   string
	Reach     Reach
}

// Includes is the decision in Go: whether a record of an authority, with the
// accounts to which it is allocated now, is in scope.
func (s Scope) Includes(authority string, allocatedTo []string) bool {
	if authority != s.Authority {
		return false
	}
	switch s.Reach {
	case Authority:
		return true
	case Allocated:
		for _, account := range allocatedTo {
			if account == s.Account {
				return true
			}
		}
	}
	return false
}

// InScope is the same decision as SQL, for a query in which c is a row of child
// and $1, $2, $3 are the scope's authority, account and reach (Args).
const InScope = `c.authority = $1 and ($3 = 'authority' or $3 = 'allocated' and exists (
	select 1 from child s
	join allocation a on a.authority = s.authority and a.child_id = s.id
	where s.authority = c.authority and s.record_id = c.record_id
	and a.account_id = $2 and a.ended_at is null))`

// Args are the first three arguments of a query that carries InScope, and then more.
func (s Scope) Args(more ...any) []any {
	return append([]any{s.Authority, s.Account, string(s.Reach)}, more...)
}
