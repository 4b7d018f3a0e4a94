package contract

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Writes tells whether the operation changes something.
func (o *Operation) Writes() bool { return o.Method != http.MethodGet }

// TakesBody tells whether the operation has a request body.
func (o *Operation) TakesBody() bool { return o.route.Operation.RequestBody != nil }

// OfOne tells whether the path names one thing of the list at a path.
func (o *Operation) OfOne(list string) bool { return strings.HasPrefix(o.Path, list+"/{") }

// Takes tells whether the operation has a header parameter.
func (o *Operation) Takes(header string) bool {
	return o.parameter(openapi3.ParameterInHeader, header) != nil
}

// Documents tells whether a status is documented for the operation.
func (o *Operation) Documents(status int) bool {
	return o.route.Operation.Responses.Status(status) != nil
}

// Text is a place in a request that text can be put in.
type Text struct {
	Name string
	// Most is how many characters it may have; zero: the document does not say.
	Most int
	// Free: the document asks for no pattern, format or choice.
	Free bool
}

func textOf(name string, s *openapi3.Schema) Text {
	t := Text{Name: name, Free: s.Type.Is(openapi3.TypeString) && s.Pattern == "" && s.Format == "" && len(s.Enum) == 0}
	if s.MaxLength != nil {
		t.Most = int(*s.MaxLength)
	}
	return t
}

// BodyTexts are the text fields of the operation's body.
func (o *Operation) BodyTexts() (list []Text) {
	if !o.TakesBody() {
		return nil
	}
	for _, media := range o.route.Operation.RequestBody.Value.Content {
		fields := media.Schema.Value.Properties
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if s := fields[name].Value; s.Type.Is(openapi3.TypeString) {
				list = append(list, textOf(name, s))
			}
		}
	}
	return list
}

// QueryTexts are the parameters of the operation's query, whatever their type:
// in a query all is text.
func (o *Operation) QueryTexts() (list []Text) {
	for _, p := range o.route.Operation.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			list = append(list, textOf(p.Value.Name, p.Value.Schema.Value))
		}
	}
	return list
}
