package contract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Compare holds a served document against the own contract and lists where
// they say different things, sorted. It compares what callers can rely on
// (operations, parameters, statuses, media types, required headers, and of
// schemas types, fields, values and bounds), put into the same words for
// OpenAPI 3.0 and 3.1. Patterns and formats it leaves to answers: the same
// strings can be described in many ways.
func Compare(served *Contract) []string {
	return differences(factsOf(Own()), factsOf(served))
}

// differences are the facts that only one of two documents has.
func differences(own, served map[string]bool) []string {
	var list []string
	for fact := range own {
		if !served[fact] {
			list = append(list, "not in the served document: "+fact)
		}
	}
	for fact := range served {
		if !own[fact] {
			list = append(list, "only in the served document: "+fact)
		}
	}
	slices.Sort(list)
	return list
}

// facts collects sentences about a document.
type facts map[string]bool

func (f facts) add(format string, args ...any) { f[fmt.Sprintf(format, args...)] = true }

func factsOf(c *Contract) facts {
	f := facts{}
	for _, o := range c.operations {
		f.add("%s exists", o)
		if o.Path == "/openapi.json" {
			continue // what a document says of its own shape binds nobody
		}
		if o.Open() {
			f.add("%s needs no token", o)
		}
		for _, parameters := range []openapi3.Parameters{o.route.PathItem.Parameters, o.route.Operation.Parameters} {
			for _, p := range parameters {
				at := fmt.Sprintf("%s: %s parameter %s", o, p.Value.In, p.Value.Name)
				f.add("%s exists", at)
				if p.Value.Required {
					f.add("%s is required", at)
				}
				if p.Value.In == openapi3.ParameterInQuery && p.Value.Schema != nil {
					f.schema(at, p.Value.Schema.Value, 0)
				}
			}
		}
		if body := o.route.Operation.RequestBody; body != nil {
			if body.Value.Required {
				f.add("%s: the body is required", o)
			}
			f.content(o.String()+": request", body.Value.Content)
		}
		for status, response := range o.route.Operation.Responses.Map() {
			at := fmt.Sprintf("%s: %s", o, status)
			f.add("%s exists", at)
			for name := range response.Value.Headers {
				f.add("%s: header %s", at, name)
			}
			f.content(at, response.Value.Content)
		}
	}
	return f
}

func (f facts) content(at string, content openapi3.Content) {
	for kind, media := range content {
		f.add("%s: content %s", at, kind)
		if media.Schema != nil && media.Schema.Value != nil {
			f.schema(at+": body", media.Schema.Value, 0)
		}
	}
}

// deepest bounds how far a schema is followed, for those that contain themselves.
const deepest = 12

func (f facts) schema(at string, s *openapi3.Schema, depth int) {
	if depth > deepest {
		return
	}
	for _, part := range s.AllOf {
		f.schema(at, part.Value, depth+1)
	}
	if s.Type != nil {
		types := slices.Clone(s.Type.Slice())
		if s.Nullable {
			types = append(types, "null")
		}
		slices.Sort(types)
		f.add("%s: is %s", at, strings.Join(types, " or "))
	}
	f.values(at, s)
	f.bounds(at, s)
	if s.Type != nil && s.Type.Includes("object") {
		if closed := s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has; closed {
			f.add("%s: has no other fields", at)
		}
		for _, name := range s.Required {
			f.add("%s.%s: is required", at, name)
		}
		for name, property := range s.Properties {
			f.add("%s.%s: exists", at, name)
			f.schema(at+"."+name, property.Value, depth+1)
		}
	}
	if s.Items != nil {
		f.schema(at+"[]", s.Items.Value, depth+1)
	}
}

// values are an enum's; a const is an enum of one.
func (f facts) values(at string, s *openapi3.Schema) {
	list := s.Enum
	if s.Const != nil {
		list = []any{s.Const}
	}
	for _, value := range list {
		f.add("%s: may be %v", at, value)
	}
}

func (f facts) bounds(at string, s *openapi3.Schema) {
	if s.Min != nil {
		f.add("%s: at least %v", at, *s.Min)
	}
	if s.Max != nil {
		f.add("%s: at most %v", at, *s.Max)
	}
	if s.MaxLength != nil {
		f.add("%s: at most %d characters", at, *s.MaxLength)
	}
	if s.MinItems > 0 {
		f.add("%s: at least %d items", at, s.MinItems)
	}
	if s.MaxItems != nil {
		f.add("%s: at most %d items", at, *s.MaxItems)
	}
}
