package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Coverage counts what of a contract was seen, by point. A point is an answer
// ("POST /api/v1/events 201"), a field of its body ("... 201 id"), one of the
// values that a field may have ("... 201 status=draft"), or a field of a
// request that was accepted or refused ("POST /api/v1/events > name accepted").
// The points of two coverages add up. The zero value is none; make one to
// record into.
type Coverage map[string]int

// Record counts an exchange. What the contract does not document is no point
// of it, and is left to the judge.
func (s Coverage) Record(c *Contract, r Request, a Answer) {
	o, _, _ := c.Find(r.Method, r.Path)
	if o == nil || o.route.Operation.Responses.Status(a.Status) == nil {
		return
	}
	answer := fmt.Sprintf("%s %d", o, a.Status)
	s[answer]++
	var body any
	if json.Unmarshal(a.Body, &body) == nil {
		seen := map[string]bool{}
		fieldsOf(body, "", seen)
		for field := range seen {
			s[answer+" "+field]++
		}
	}
	s.recordRequest(o, r, a)
}

// recordRequest counts which fields a request had that was accepted, and which
// ones a refusal names.
func (s Coverage) recordRequest(o *Operation, r Request, a Answer) {
	if a.Status < 300 {
		for _, field := range o.fields() {
			if field.in(r) {
				s[fmt.Sprintf("%s > %s accepted", o, field.name)]++
			}
		}
		return
	}
	var p Problem
	if json.Unmarshal(a.Body, &p) == nil {
		for _, field := range p.Fields() {
			s[fmt.Sprintf("%s > %s refused", o, field)]++
		}
	}
}

// Add adds the points of another coverage.
func (s Coverage) Add(other Coverage) {
	for point, n := range other {
		s[point] += n
	}
}

// fieldsOf lists the fields of a JSON value by path, as "items[].id", and the
// values of those that are short words, as "items[].status=draft".
func fieldsOf(v any, path string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			at := strings.TrimPrefix(path+"."+name, ".")
			into[at] = true
			fieldsOf(inner, at, into)
		}
	case []any:
		for _, inner := range v {
			fieldsOf(inner, path+"[]", into)
		}
	case nil:
		into[path+"=null"] = true
	default:
		into[fmt.Sprintf("%s=%v", path, v)] = true
	}
}

// points lists the points of a documented body: fields, and words where there
// are several to choose from.
func points(s *openapi3.Schema, path string, into map[string]bool) {
	for name, property := range s.Properties {
		at := strings.TrimPrefix(path+"."+name, ".")
		into[at] = true
		inner := property.Value
		if len(inner.Enum) > 1 && inner.Type.Is(openapi3.TypeString) {
			for _, value := range inner.Enum {
				into[fmt.Sprintf("%s=%v", at, value)] = true
			}
		}
		if inner.Nullable {
			into[at+"=null"] = true
		}
		points(inner, at, into)
	}
	if s.Items != nil {
		points(s.Items.Value, path+"[]", into)
	}
}

// field is a place in a request that a value can be put in.
type field struct {
	name string
	in   func(Request) bool
}

// fields are the operation's parameters and the fields of its body. The
// headers that every operation takes are left out: they say nothing of this one.
func (o *Operation) fields() []field {
	var list []field
	for _, parameters := range []openapi3.Parameters{o.route.PathItem.Parameters, o.route.Operation.Parameters} {
		for _, p := range parameters {
			switch name := p.Value.Name; p.Value.In {
			case openapi3.ParameterInPath:
				list = append(list, field{name, func(Request) bool { return true }})
			case openapi3.ParameterInQuery:
				list = append(list, field{name, func(r Request) bool {
					_, query, _ := strings.Cut(r.Path, "?")
					return strings.HasPrefix(query, name+"=") || strings.Contains(query, "&"+name+"=")
				}})
			case openapi3.ParameterInHeader:
				if name != "X-Tenant-ID" && name != "X-Request-ID" {
					list = append(list, field{name, func(r Request) bool { return r.Header.Get(name) != "" }})
				}
			}
		}
	}
	if body := o.route.Operation.RequestBody; body != nil {
		for _, media := range body.Value.Content {
			for _, name := range slices.Sorted(maps.Keys(media.Schema.Value.Properties)) {
				list = append(list, field{name, func(r Request) bool {
					var fields map[string]any
					return json.Unmarshal(r.Body, &fields) == nil && fields[name] != nil
				}})
			}
		}
	}
	return list
}
