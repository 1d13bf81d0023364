package annexa

// placeSet is the type of a placement. H5, P2 and Z1 end in 2024/25; K3 begins in
// 2024/25, Z11 to Z14 in 2025/26.
var placeSet = newSet(`A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 Z14`, `
!: /^r5 independent/
~placed for adoption, how is not said: /^a[12]( placed)?/
P1: parents+-adopt*+-independent*+-order where
T3: carer*+holiday | foster carer on holiday | fc on hols
T2: on holiday
T1: periods in hospital
T4: seven days*
T0: temporary* | section 17 short break*
A6: adopt*+placement order+not with*
A3: adopt*+consent*+with current*+-not with | adopt*+section 19+current*+-not
A4: adopt*+consent*+not*
A5: adopt*+order+current*+-not | adopt*+po+current*+-not
A6: adopt*+order*+not*
U2: relative*+approved adopt*
U5: approved adopt* | foster for adoption | other foster carer+ffa+-not
U1: relative*+long term*+-not
U3: relative*+not long term*
~foster placement with a relative or friend, which kind is not said: relative*+-parent*
U6: foster*+not long term*
U4: foster*+long term*
~foster placement, which kind is not said: foster*+-parent* | fp inside* | reg 38 | /^[fq][1-6]$/ | /^f[1-6] placement/ | placement with other* | /^q[12] foster/ | staying put*
~placed for adoption, how is not said: adopt*
K1: secure* | =h1
K3: supported accommodation+registered
H5: not subject to* | semi independent* | hostels and other supportive* 
~supported accommodation, whether registered is not said: =supported accommodation
~placement in the community, which kind is not said: in the community
P2: independent*
P3: residential employment*
R3: mother and baby* | family centre*
R2: nhs* | hospital* | health*
R5: young offender* | yoi | prison | treatment centres
S1: residential school* | all residential*
K2: childrens home* | /^h[34]\b/
R1: residential care home* | care home*
Z1: =m1 | =m2 | other placement* | refuge | whereabouts known* | placement by court*
~residential setting, which kind is not said: residential setting* | hostel*
`)
