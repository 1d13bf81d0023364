package annexa

// ethnicSet are the DfE's four-letter codes, the older codes A1 to E5 of some
// case systems, and the finer codes of the school census, each taken for the
// main code that it belongs to. Ofsted's letters before the code are never
// trusted: they differ from one authority to the next.
var ethnicSet = newSet(`WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT UNKNOWN
	A1=WBRI A2=WIRI A3=WOTH A4=WIRT A5=WROM B1=MWBC B2=MWBA B3=MWAS B4=MOTH C1=AIND C2=APKN C3=ABAN C4=AOTH
	D1=BCRB D2=BAFR D3=BOTH E1=CHNE E2=OOTH E3=REFU E4=NOBT E5=NOBT
	A4.4=WIRT A4.6=MWBC A4.10=AIND A4.12=ABAN A4.13=AOTH A4.15=BAFR A4.16=BOTH A4.18=OOTH
	WCOR=WBRI WCRO=WOTH WENG=WBRI WSCO=WBRI WWEL=WBRI WOWB=WBRI WALB=WOTH WBOS=WOTH WEEU=WOTH WEUR=WOTH WGRE=WOTH WGRK=WOTH WGRC=WOTH
	WITA=WOTH WKOS=WOTH WPOR=WOTH WSER=WOTH WTUR=WOTH WTUK=WOTH WTUC=WOTH WWEU=WOTH WOTW=WOTH
	MABL=MOTH MACH=MOTH MAOE=MOTH MBOE=MOTH MBCH=MOTH MCOE=MOTH MOTM=MOTH MWCH=MOTH MWOE=MOTH MWAI=MWAS MWAP=MWAS MWAO=MWAS
	AAFR=AOTH AKAO=AOTH AKPA=APKN AMPK=APKN ANEP=AOTH AOPK=APKN AOTA=AOTH ASLT=AOTH ASNL=AOTH ASRO=AOTH
	BANN=BAFR BAOF=BAFR BCON=BAFR BGHA=BAFR BNGN=BAFR BSLN=BAFR BSOM=BAFR BSUD=BAFR BEUR=BOTH BNAM=BOTH BOTB=BOTH BBRI=BOTH
	CHKC=CHNE CMAL=CHNE CSNG=CHNE CTWN=CHNE COCH=CHNE
	OAFG=OOTH OARA=OOTH OEGY=OOTH OFIL=OOTH OIRN=OOTH OIRQ=OOTH OJPN=OOTH OKOR=OOTH OKRD=OOTH OLAM=OOTH OLEB=OOTH OLIB=OOTH OMAL=OOTH
	OMRC=OOTH OOEG=OOTH OPOL=OOTH OTHA=OOTH OVIE=OOTH OYEM=OOTH XXXX=UNKNOWN N=NOBT U=UNKNOWN C=~Asian`, `
~Black: =black or black british form not completed | black+not yet obtained | =black or black british | =black black british | =black african caribbean black british | /^d d\d+( black or black british)?$/ | =mixed black
~White: =white mixed white | a a16 white any other* | =white not yet obtained | =white | /^a a+\d* white$/ | /^a aa?\d+( \d+)?$/
~Mixed: =mixed | =mixed multiple | =mixed multiple eth* | /^b b\d+( mixed)?$/ | =b b17 | =mixed multiple ethnic groups | =mixed multiple ethic groups
~Asian: =asian and any other ethnic group | =asian or asian british any other ethnic group | =asian or asian british | /^c c\d+( asian or asian british)?$/ | =asian british | =asian
WBRI: english+welsh+british
~White: gypsy or irish traveller
BOTH: any other black african caribbean* | black african caribbean black british black british
REFU: refus* | declined | not divulged | would not say | preferred not to say
WOTH: cypriot*
NOBT: not yet obtained | not obtained | not yet available | not stated* | information not* | before ethnicity obtained | not yet known | not completed | unborn | no client contact | no initial client contact | unable to provide | not given
UNKNOWN: unknown | not known* | undeclared | no information | not populated | =multivalue | =u x2 | =u | =dtg
WIRT: traveller*+-gypsy | travir | irish heritage
WROM: gypsy* | gyspy* | roma | romany
MWBC: white+caribbean | white+carib | white+carribean | bcrb+white
MWBA: white+black african | black african and white | white+african
MOTH: other mixed+-black african | mixed+chinese | white+chinese | chinese and any other* | white+any other ethnic*
MWAS: white+asian+-black | white+indian | white+pakistani
MOTH: mixed background | other mixed* | any other mixed | dual+-african and caribbean | dual heritage | mixed heritage | mixed+any other | mixed other* | mixed+black | black and white | black and any other* | asian and black | asian and chinese | mixed+and | mixed multiple* | white mixed | mixed unspecified | dual
CHNE: other ethnic group chinese
OOTH: afghan* | filipino | iraqi | arab* | vietnam* | iranian | korean | libyan | malay | yemeni | japanese | latin* | central american | south american | other syrian | egyptian+-black | other algerian | other european+-white | =other
CHNE: chinese+-other ethnic | other ethnic group chinese | chinese or other ethnic group chinese | other ethnic group* chinese | other ethnic groups chinese | hong kong*
ABAN: banglad* | bangaldeshi
APKN: pakistani*
AIND: indian
CHNE: c4 asian asian british chinese
AOTH: caribbean asian | asian+-any other ethnic+-other ethnic group | nepali | sri lankan | tamil | kashmiri+-kurdish | other asian* | asian other | mauritian | =syrian
BAFR: /black.* african$/ | black african* | somali* | nigerian* | ghan* | congolese | eritrean | ethiopian | angolan | gambian | kenyan | liberian | senegalese | zimbabwean | swazi | sudanese | =african | b african | british african | brit african | d2 african
BCRB: black caribbean | black carribean | =caribbean | british caribbean | b caribbean | d1 caribbean | brit caribbean | bac antigua* | bac grenada | bac montserrat | bac st vincent* | bac trinidad* | caribbean+-other+-african
BOTH: any other black* | other black* | black other | black british* | black european | black+egyptian | oth black | mixed black | black+any other
WIRI: white irish | =irish | irish+-traveller
WBRI: white british+-other white | white+british+-other white* | =british | english | white english | scottish | welsh | cornish
WOTH: any other white* | white+other | white+-british+-not | albanian | bulgarian | greek | turkish | jewish | kurdish | polish | portuguese | white european*
OOTH: other ethnic* | any other group | other group | any other ethnic*
AOTH: asian*
`)
