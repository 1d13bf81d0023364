package annexa

// legalSet is the legal status of a child in care. V3 and V4 are short breaks.
var legalSet = newSet("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3", `
V4: short*+breaks+not individual*
V3: short*+breaks+individual* | short*+breaks+episodes*
V4: short*+breaks | short break*
E1: placement order* | =po
~no legal status of a child in care: /^v1\b.*/ | section 17 | section 47+-detained | ward of court*
J1: on remand*
~youth justice, which order is not said: =j4
~no legal status of a child in care: child arrangement* | special guardianship*
C1: interim care order* | ico
C2: full care order* | fco | care order*+-interim | =care order
D1: freeing* | freed for*
L1: police protection*
L2: emergency protection* | epo
L3: child assessment order*
~child protection, which order is not said: child protection grounds | detained*+protection
J2: pace
J1: remand*
J3: youth rehabilitation* | supervision order+residence requirement
~no legal status of a child in care: interim supervision* | supervision order* | supervsn*
~youth justice, which order is not said: youth justice*
V2: section 20 | s20 | s 20 | single period*
`)

// permanenceSet is the plan for a child's permanence.
var permanenceSet = newSet("", `
other: concurrent planning | parallel plan | permanency through long* | task centred* | time limited* | transition*
long-term fostering: long term placement*
adoption: adoption*
special guardianship or child arrangements: sgo* | special guardianship* | cao | child arrangement* | residence order*
return to family: return to* | place with parent* | return home | home | rehabilitation* | parents
supported living in the community: supported living* | independent* | semi independent*
long-term residential placement: residential*
long-term fostering: foster* | long term foster* | fostering
other: other* | unknown | not* 
`)

// ceasedSet is why a child ceased to be looked after.
var ceasedSet = newSet("X1 E11 E12 E2 E3 E4A E4B E13 E41 E43 E44 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17 SE41=E41 SE43=E43 SE44=E44 SE8=E8", `
E4B: /^e4 b\b/
E4A: /^e4 a\b/
X1: new episode* | new epiosde*
E15: age assess* | age disputed
E2: died
E12: adopted+dispensed*
E11: adopted+unopposed
~adopted: adopt* | =e1
E16: abroad | another country
E17: remained with current carer*
E4B: return*+not part of*
E4A: return*+part of*
E45: guardianship+former foster carer*+relative*+-other than | sg former+relative* | guardianship+former carer relative*
E46: guardianship+former foster carer*+other than relative* | sg former+not relative*
E47: guardianship+other than former foster*+relative* | guardianship*+relative friend
E48: guardianship+other than former foster*+and relative*
E44: guardianship+other than former* | guardianship+not former* | guardianship+other carers
E43: guardianship+former*
~special guardianship, to whom is not said: guardianship*+-not under*+-return*
E4A: pr planned
E41: residence order* | child arrangement*
E13: no parental* | no perental* | no pr | without parental* | without pr
E3: another la* | other la | another local authorit* | taken over*
E4B: return* home+unplanned | home+unplanned | unplanned*
E4A: home+planned | return*+planned
E14: remand*
E9: custody*
E6: without formal* | no formal* | non supportive* | not formalised | with no formalised*
E5: supportive* | supported* | with formal* | formalised*
~independent living, whether with support is not said: independent* | indep* | independant*
E7: adult*
~returned home, whether planned is not said: return* | parents relatives* | =e4
E8: any other reason | other reason | ceased* | case closed after* | reached age* | =e90
`)

var providerSet = newSet("PR0 PR1 PR2 PR3 PR4 PR5", `
PR0: parents or* | parent*+pr | with parents*
PR1: own provision* | own la*
PR3: other public*
PR2: other la* | other local authorit* | another local*
PR4: private provision* | private
PR5: voluntary*
`)
