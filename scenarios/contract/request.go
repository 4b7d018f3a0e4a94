package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// Refuses says why the document rules a request out; nil: it does not, though
// a rule that no schema can state may. A path or method that is not
// documented is ruled out.
func (c *Contract) Refuses(r Request) error {
	o, parameters, _ := c.Find(r.Method, r.Path)
	if o == nil {
		return errors.New("there is no such operation")
	}
	return o.refuses(r, parameters)
}

// refuses says why the document rules a request out. Unlike the library it
// takes parameters that are not documented, or given twice, for a mistake: a
// misspelt filter would show everything.
func (o *Operation) refuses(r Request, parameters map[string]string) error {
	request, err := http.NewRequest(r.Method, r.Path, bytes.NewReader(r.Body))
	if err != nil {
		return err
	}
	request.Header = r.Header.Clone()
	query, err := url.ParseQuery(request.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	for name, values := range query {
		if o.parameter(openapi3.ParameterInQuery, name) == nil {
			return fmt.Errorf("query: there is no parameter %q", name)
		}
		if len(values) > 1 {
			return fmt.Errorf("query: %q is given %d times", name, len(values))
		}
	}
	if o.route.Operation.RequestBody != nil {
		if err := strictJSON(r.Body); err != nil {
			return fmt.Errorf("body: %w", err)
		}
	}
	return openapi3filter.ValidateRequest(context.Background(), &openapi3filter.RequestValidationInput{
		Request:     request,
		PathParams:  parameters,
		QueryParams: query,
		Route:       o.route,
		Options: &openapi3filter.Options{
			AuthenticationFunc:  openapi3filter.NoopAuthenticationFunc,
			SkipSettingDefaults: true,
		},
	})
}

// parameter finds a documented parameter of the operation or its path.
func (o *Operation) parameter(in, name string) *openapi3.Parameter {
	if p := o.route.Operation.Parameters.GetByInAndName(in, name); p != nil {
		return p
	}
	return o.route.PathItem.Parameters.GetByInAndName(in, name)
}

// Query lists the names of the operation's query parameters.
func (o *Operation) Query() []string {
	var names []string
	for _, list := range []openapi3.Parameters{o.route.PathItem.Parameters, o.route.Operation.Parameters} {
		for _, p := range list {
			if p.Value.In == openapi3.ParameterInQuery {
				names = append(names, p.Value.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}
