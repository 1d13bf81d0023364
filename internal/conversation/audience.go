package conversation

// Audience is who may see what a young person says on their own page. Values are
// stored. It may become wider, never narrower: what somebody saw cannot be unseen.
type Audience string

const (
	Helpers   Audience = "helpers" // everybody who helps them, as every reading
	One       Audience = "one"     // one person whom they chose
	NobodyYet Audience = "nobody"  // nobody until they say so
)

// Audiences are all of them, in the order in which they are offered.
var Audiences = []Audience{Helpers, One, NobodyYet}
