// Package access decides who may do what to which record: the roles, the acts, how
// far each role's reach goes, and what stands between a person and one record. The
// Go decision and the SQL that queries carry stand side by side here, and a test
// holds them together.
//
// Default is no: what the table does not name is refused. No HTTP and no
// database handles belong here.
package access

// Role is what somebody is to the authority. Values are stored.
type Role string

const (
	Worker            Role = "worker"
	DutyWorker        Role = "duty-worker"
	Manager           Role = "manager"
	ParticipationLead Role = "participation-lead"
	DataOfficer       Role = "data-officer"
	Partner           Role = "partner"
	Inspector         Role = "inspector"
	StudyTeam         Role = "study-team"
	Auditor           Role = "auditor"
	Administrator     Role = "administrator"

	// Operator is whoever runs commands on the machine itself. No account has
	// this role.
	Operator Role = "operator"
)

// Roles are the roles that an account may have, in the order in which they are offered.
var Roles = []Role{Worker, DutyWorker, Manager, ParticipationLead, DataOfficer, Partner, Inspector, StudyTeam, Auditor, Administrator}

var labels = map[Role]string{
	Worker: "Worker", DutyWorker: "Duty worker", Manager: "Manager", ParticipationLead: "Participation lead", DataOfficer: "Data officer",
	Partner: "Partner agency", Inspector: "Inspector", StudyTeam: "Study team", Auditor: "Auditor", Administrator: "Administrator",
	Operator: "Operator of the machine",
}

// Label is the role in words.
func (r Role) Label() string { return labels[r] }

var says = map[Role]string{
	Worker:            "Sees the young people allocated to them, and records what they say.",
	DutyWorker:        "Sees the young people of their team, and writes only for those allocated to them. A duty worker who is in no team sees those alone.",
	Manager:           "Sees the young people of their team, and allocates them. A manager who is in no team answers for all young people of the council.",
	ParticipationLead: "Sees figures with small numbers kept back, and no record.",
	DataOfficer:       "Takes files in, says which records are one young person, and sees figures with small numbers kept back.",
	Partner:           "Somebody of another agency. Sees one section of the records that are shared with that agency, as long as they are shared.",
	Inspector:         "Reads the records that a manager chose for the inspection, and who has read them. Changes nothing.",
	StudyTeam:         "Sees figures of the young people who agreed to the study, with small numbers kept back.",
	Auditor:           "Sees who did what, and no record.",
	Administrator:     "Keeps accounts and teams, and sees no record.",
}

// Says is what somebody of this role does, in a sentence or two.
func (r Role) Says() string { return says[r] }

// Act is something that can be done.
type Act string

const (
	ReadRecord      Act = "read a young person's record"
	WriteRecord     Act = "hold a conversation, or change a register entry"
	AddChild        Act = "add a young person by hand"
	Allocate        Act = "allocate young people to workers and teams"
	Restrict        Act = "restrict a record to named people"
	AskEmergency    Act = "open a record in an emergency, for three hours"
	ReviewEmergency Act = "review what was opened in an emergency"
	ReadShared      Act = "read what is shared with their agency"
	ReadPublished   Act = "see the council's figures with small numbers kept back"
	ReadExact       Act = "see the council's exact figures, where they may open every record counted"
	ReadStudy       Act = "see figures of those who agreed to the study"
	ImportFiles     Act = "take files in"
	DecideMatches   Act = "say whether two records are one young person"
	AskDecision     Act = "ask for what two people must decide: an export with names, erasing, lifting a restriction"
	Decide          Act = "be the second person who decides"
	ReadAudit       Act = "see who read and did what"
	ManageAccounts  Act = "add, change and end accounts and teams"
	ExportRecords   Act = "write the register and the readings to a file on the machine itself"
	KeepBackups     Act = "back the whole database up"
	OwnAccount      Act = "see and change one's own account"
	GiveOwnPage     Act = "give a young person a way to their own page, and cut a lost device off"
	AnswerAsks      Act = "answer what a young person asked for, and say what will be done"
	AnswerAlerts    Act = "be told at once when a young person says that they are not safe"
	KeepOwnPages    Act = "say who is on duty, and which numbers young people can call"
	KeepWords       Act = "keep the words of young people's pages in every language"
)

// Acts are all acts, in the order in which the access table prints them.
var Acts = []Act{
	ReadRecord, WriteRecord, GiveOwnPage, AnswerAsks, AnswerAlerts, AddChild, Allocate, Restrict, AskEmergency, ReviewEmergency, ReadShared, ReadExact, ReadPublished, ReadStudy,
	ImportFiles, DecideMatches, AskDecision, Decide, ReadAudit, KeepOwnPages, KeepWords, ManageAccounts, ExportRecords, KeepBackups, OwnAccount,
}

// Reach is how far a role's right to an act goes.
type Reach string

const (
	None      Reach = "none"
	Allocated Reach = "allocated" // young people allocated to this person
	Team      Reach = "team"      // those, and the young people of this person's team
	TeamOrAll Reach = "team-all"  // the same; of all teams, and of none, for somebody in no team
	Shared    Reach = "shared"    // what is shared with this person's agency, section by section
	Authority Reach = "authority" // everything of the person's own authority
	Whole     Reach = "whole"     // the same, restricted records too: the machine itself, which counts and takes files in
)

// ofRecords are the acts on single records: what restricts a record, and what an
// emergency opens, counts for them.
var ofRecords = map[Act]bool{ReadRecord: true, WriteRecord: true, Allocate: true, Restrict: true, DecideMatches: true, GiveOwnPage: true, AnswerAsks: true}

// OfRecords tells whether an act is done to single records, so that its reach is
// one over records.
func OfRecords(act Act) bool { return ofRecords[act] }

// table is the policy. An administrator runs the system without reading records.
var table = map[Act]map[Role]Reach{
	ReadRecord:      {Worker: Allocated, DutyWorker: Team, Manager: TeamOrAll, Inspector: Allocated},
	WriteRecord:     {Worker: Allocated, DutyWorker: Allocated, Manager: TeamOrAll},
	GiveOwnPage:     {Worker: Allocated, DutyWorker: Allocated, Manager: TeamOrAll},
	AnswerAsks:      {Worker: Allocated, DutyWorker: Allocated, Manager: TeamOrAll},
	AnswerAlerts:    {Worker: Authority, DutyWorker: Authority, Manager: Authority},
	KeepOwnPages:    {Manager: Authority},
	KeepWords:       {ParticipationLead: Authority, DataOfficer: Authority, Operator: Authority},
	AddChild:        {Worker: Authority, DutyWorker: Authority, Manager: Authority},
	Allocate:        {Manager: TeamOrAll},
	Restrict:        {Manager: TeamOrAll},
	AskEmergency:    {Worker: Authority, DutyWorker: Authority, Manager: Authority},
	ReviewEmergency: {Manager: Authority},
	ReadShared:      {Partner: Shared},
	ReadExact:       {Manager: Authority, Operator: Whole},
	ReadPublished: {Worker: Authority, DutyWorker: Authority, Manager: Authority, ParticipationLead: Authority, DataOfficer: Authority,
		Inspector: Authority, Operator: Authority},
	ReadStudy:      {StudyTeam: Authority},
	ImportFiles:    {DataOfficer: Whole, Operator: Whole},
	DecideMatches:  {Manager: TeamOrAll, DataOfficer: Authority},
	AskDecision:    {Manager: Authority, DataOfficer: Authority},
	Decide:         {Manager: Authority, DataOfficer: Authority},
	ReadAudit:      {Manager: Authority, DataOfficer: Authority, Inspector: Authority, Auditor: Authority, Operator: Authority},
	ManageAccounts: {Administrator: Authority, Operator: Authority},
	ExportRecords:  {Operator: Whole},
	KeepBackups:    {Operator: Whole},
	OwnAccount: {Worker: Authority, DutyWorker: Authority, Manager: Authority, ParticipationLead: Authority, DataOfficer: Authority,
		Partner: Authority, Inspector: Authority, StudyTeam: Authority, Auditor: Authority, Administrator: Authority},
}

// ReachOf is how far role may do act; None where the table says nothing.
func ReachOf(role Role, act Act) Reach {
	if reach, ok := table[act][role]; ok {
		return reach
	}
	return None
}
