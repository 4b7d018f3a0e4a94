package judge

import (
	"net/http"

	"github.com/runproof/runproof/scenarios/contract"
)

// promised is the contract that answers are judged by.
var promised = contract.Own

// breach is what of an answer breaks the contract, the first of it. An answer whose body
// was not recorded was judged when it came.
func breach(a response) string {
	if len(a.Exchanges) != 1 || !a.Exchanges[0].Contract {
		return ""
	}
	e := a.Exchanges[0]
	if e.Partial {
		if len(e.Breaches) > 0 {
			return e.Breaches[0]
		}
		return ""
	}
	answer := contract.Answer{Status: a.Status, Header: make(http.Header, len(a.Header)), Body: []byte(a.Body)}
	for name, value := range a.Header {
		answer.Header[name] = []string{value}
	}
	if found := promised().Judge(contract.Request{Method: e.Method, Path: e.Path}, answer); len(found) > 0 {
		return found[0].String()
	}
	return ""
}
