package contract

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// own is the suite's document.
//
//go:embed contract.yaml
var own []byte

// Contract judges answers by one OpenAPI document. It is safe for use by many
// goroutines.
type Contract struct {
	doc        *openapi3.T
	operations []*Operation
	laws       []law
}

// Operation is one method of one path of a document.
type Operation struct {
	ID     string // the document's operationId
	Method string
	Path   string // a template, with its parameters in braces

	route *routers.Route
}

// String names the operation as reports do, "POST /api/v1/events" say.
func (o *Operation) String() string { return o.Method + " " + o.Path }

// Open tells whether the operation asks for no token.
func (o *Operation) Open() bool {
	security := o.route.Operation.Security
	if security == nil {
		security = &o.route.Spec.Security
	}
	return len(*security) == 0
}

// Own is the suite's own contract with its laws.
var Own = sync.OnceValue(func() *Contract {
	c, err := Load(own)
	if err != nil {
		panic("contract: " + err.Error()) // the document is part of the program
	}
	c.laws = laws
	return c
})

// Load reads a document, JSON or YAML, OpenAPI 3.0 or 3.1. It has no laws: it
// judges by what the document says and nothing else.
func Load(data []byte) (*Contract, error) {
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(data)
	if err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	c := &Contract{doc: doc}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			c.operations = append(c.operations, &Operation{
				ID: operation.OperationID, Method: method, Path: path,
				route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: operation},
			})
		}
	}
	slices.SortFunc(c.operations, func(a, b *Operation) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return c, nil
}

// Operations lists the document's operations by path.
func (c *Contract) Operations() []*Operation { return slices.Clone(c.operations) }

// Find is the operation that a request asks for, with the values of its path's
// parameters. Without one, methods are those that the path has; none: there is
// no such path. A HEAD is a GET (RFC 9110, 9.3.2).
func (c *Contract) Find(method, path string) (o *Operation, parameters map[string]string, methods []string) {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for _, candidate := range c.operations {
		values, ok := match(candidate.Path, path)
		if !ok {
			continue
		}
		if candidate.Method == method {
			return candidate, values, nil
		}
		methods = append(methods, candidate.Method)
	}
	return nil, nil, methods
}

// match holds an escaped path against a template, segment by segment. It is
// not the library's router, which takes an escaped slash for two segments.
func match(template, path string) (map[string]string, bool) {
	path, _, _ = strings.Cut(path, "?")
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	values := map[string]string{}
	for i := range want {
		name, isParameter := strings.CutPrefix(want[i], "{")
		value, err := url.PathUnescape(got[i])
		switch {
		case err != nil:
			return nil, false
		case isParameter && value != "":
			values[strings.TrimSuffix(name, "}")] = value
		case value != want[i]:
			return nil, false
		}
	}
	return values, true
}

// Uncovered lists the documented answers that nothing can be judged by: they
// have no schema, though they may have a body.
func (c *Contract) Uncovered() []string {
	var list []string
	for _, o := range c.operations {
		for status, response := range o.route.Operation.Responses.Map() {
			if status != "304" && status != "204" && !hasSchema(response.Value) {
				list = append(list, o.String()+" "+status)
			}
		}
	}
	slices.Sort(list)
	return list
}

func hasSchema(r *openapi3.Response) bool {
	for _, media := range r.Content {
		if media.Schema == nil || media.Schema.Value == nil || media.Schema.Value.IsEmpty() {
			return false
		}
	}
	return len(r.Content) > 0
}
