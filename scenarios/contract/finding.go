package contract

import "fmt"

// Rule is a kind of finding. Its text does not depend on what was sent or
// answered, so that two findings of one kind can be told to be the same.
type Rule string

// The rules of a document. Those of the laws have names of their own.
const (
	RuleNoSuchPath   Rule = "a path that is not documented is a 404"
	RuleNoSuchMethod Rule = "a method that is not documented is a 405 that lists the documented ones"
	RuleStatus       Rule = "every status is documented"
	RuleUncovered    Rule = "every answer has a schema"
	RuleContentType  Rule = "the content type is the documented one"
	RuleHeader       Rule = "headers are as documented"
	RuleNoBody       Rule = "where no body is documented there is none"
	RuleMissingBody  Rule = "where a body is documented there is one"
	RuleJSON         Rule = "a JSON body is one JSON value, and no object names a field twice"
	RuleSchema       Rule = "the body fits its schema"
	RuleAccepted     Rule = "a request that the document rules out is refused"
)

// Finding is one breach of the contract.
type Finding struct {
	Rule      Rule   `json:"rule"`
	Operation string `json:"operation"` // as Operation.String has it, or the request's own method and path
	Status    int    `json:"status"`
	Text      string `json:"text"` // what was seen
}

func (f Finding) String() string {
	return fmt.Sprintf("%s: %d: %s: %s", f.Operation, f.Status, f.Rule, f.Text)
}
