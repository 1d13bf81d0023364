package annexa

// Values of list 9, care leavers.

var eligibilitySet = newSet("R=relevant_child FR=former_relevant_child E=eligible_child Q=qualifying_care_leaver", `
qualifying care leaver: qualifying*
former relevant child: former relevant* | care leaver pa*
eligible child: eligible*
relevant child: relevant*
other: other* | =code q is not mapped
`)

// touchSet is whether the authority is in touch, with the codes of SSDA903. The
// older numbered answers say more than in touch or not: what they add about
// where the young person lives is not kept.
var touchSet = newSet("YES NO DIED REFU NREQ RHOM Y=YES N=NO 1==YES 2==NO 0==NO REFUSED=REFU", `
RHOM: returned to* | returned home | returned to live*
DIED: died*
NREQ: no longer requires*
REFU: refus*
unknown: not recorded | unknown
YES: /^(0?\d )?yes\b/
NO: /^(0?\d )?no\b/
`)

// accommodationSet is where a care leaver lives: a letter, to which some add 1
// for suitable and 2 for unsuitable.
var accommodationSet = newSet(`B C D E G H K R S T U V W X Y Z B1=B B2=B C1=C C2=C D1=D D2=D E1=E E2=E G1=G G2=G H1=H H2=H K1=K K2=K R1=R R2=R
	S1=S S2=S T1=T T2=T U1=U U2=U V1=V V2=V W1=W W2=W X1=X X2=X Y1=Y Y2=Y Z1=Z Z2=Z`, `
`+lettered("BCDEGHKRSTUVWXYZ")+`
Z: former foster* | staying put* | lac foster placement | foster placement* | foster carer*
E: supported lodgings+-foyer*
T: foyer*
X: custody | prison
K: ordinary lodgings* | lodgings no formal*
W: bed and breakfast
V: emergency*
H: deported
G: abroad
R: not known | whereabouts unknown | no information
S: no fixed abode* | homeless
B: parents* | parent s* | relatives* | friends and family | own parents*
D: semi independent* | not subject to* | mother and baby*
U: independent* | independant* | own tenancy*
C: community home* | lac residential* | homes and hostels* | residential care
Y: other acc* | residing with friends
`)

// lettered are rules for a letter that another program wrapped in words:
// "Code 'K2' is not mapped".
func lettered(letters string) string {
	rules := ""
	for _, c := range letters {
		low := string(c + 'a' - 'A')
		rules += string(c) + ": =code " + low + " is not mapped | =code " + low + "1 is not mapped | =code " + low + "2 is not mapped\n"
	}
	return rules
}

// activitySet is what a care leaver does.
var activitySet = newSet("F1 P1 F2 P2 F3 P3 F4 P4 F5 P5 G4 G5 G6", `
F4: full time+apprentice*
P4: part time+apprentice*
F1: full time+higher+-other than+-not higher
P1: part time+higher+-other than+-not higher
F2: full time+education | full time+not higher
P2: part time+education | part time+not higher
F5: full time+training | full time+employment
P5: part time+training | part time+employment
G4: illness*
G6: pregnan* | parenting
G5: =other | not in education*
`)

// Values of lists 10 and 11, which are not used: they are known so that the
// lists can be checked against what councils write.

var reversedSet = newSet("RD1 RD2 RD3 RD4", `
RD1: needs changed* | overturned* | change of plan*
RD2: court did not*
RD3: could not be found | cannot be found
RD4: other reason
`)

var fosteringSet = newSet(yesNoCodes, `
no: =0 no
yes: =1 yes
`)

var leavingSet = newSet("1=withdrew 2=on_hold 3=refused", `
withdrew: withdrew
on hold: on hold
refused: refused
`)
