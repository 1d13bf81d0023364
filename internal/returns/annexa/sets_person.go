package annexa

// Values of the columns that say who a child is, and of the plain yes and no.

// sexSet: "a) Male · b) Female · c) Not stated/recorded (or unborn) · d) Neither".
// The digits are those of SSDA903 until 2023/24.
var sexSet = newSet("M F U 1=M 2=F 0=U 9=U I=U", `
NEITHER: neither | non binary | transgender* | gender dysphoria | indeterminate gender | nonbinary
U: not stated* | not known | not recorded* | not specified | unspecified | unknown* | indeterminate | withheld | unborn | refused
F: female | girl
M: male | boy
`)

const (
	yes     = "yes"
	no      = "no"
	unknown = "unknown"
)

const yesNoCodes = "YES=yes NO=no UNKNOWN=unknown Y=yes N=no 1=yes 0=no TRUE=yes FALSE=no "

var yesNoSet = newSet(yesNoCodes, `
unknown: unknown* | not known | not recorded | not stated
no: =no | =0 no
yes: =yes | =1 yes | /^yes /
`)

// disabilitySet: a disability by its name or code is a yes.
var disabilitySet = newSet(yesNoCodes+`NONE=no NOBT=unknown REFU=unknown AUT=yes BEH=yes COMM=yes CON=yes DDA=yes HAND=yes HEAR=yes INC=yes LD=yes
	MOB=yes PC=yes VIS=yes`, `
no: no disabilit* | =no | not disabled | =none
unknown: unknown | not obtained | not known | not recorded | refused | not stated
yes: autism | asperger* | communication | conciousness | consciousness | disab* | hearing | inconti* | mobility | vision | behaviour | learning | other dda | personal care | hand function
`)

var uasSet = newSet(yesNoCodes, `
no: non uasc | =not uasc
unknown: unknown | not known | not recorded
yes: =uasc | former uasc
`)

var seenSet = newSet(yesNoCodes, `
no: not seen*
unknown: unknown | not known | not recorded | no visit*
yes: /^yes / | =seen | seen alone | child seen
`)

var noFurtherSet = newSet(yesNoCodes+"NFA=yes", `
yes: no further action
`)

// offeredSet and acceptedSet are about the return interview.
var offeredSet = newSet(yesNoCodes, `
no: not offered*
yes: =offered | offered and accepted* | offered and declined*
unknown: unknown | not known | not recorded
`)

var acceptedSet = newSet(yesNoCodes, `
no: not offered* | declined | not accepted | refused+-accepted
yes: accepted
unknown: unknown | not known | not recorded
`)

var suitabilitySet = newSet("SUITABLE=suitable UNSUITABLE=unsuitable 1=suitable 2=unsuitable YES=suitable NO=unsuitable TRUE=suitable FALSE=unsuitable", `
unknown: not recorded | not known | unknown
unsuitable: unsuitable | not+suitable
suitable: suitable
`)

var insideSet = newSet("IN=in OUT=out NO=out YES=in", `
out: out | outside* | out of*
in: in | inside | within
`)
