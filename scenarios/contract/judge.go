package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Judge lists what of an answer breaks the contract; nothing is the good news.
func (c *Contract) Judge(r Request, a Answer) []Finding {
	o, parameters, methods := c.Find(r.Method, r.Path)
	v := &verdict{doc: c.doc, request: r, answer: a, operation: r.Method + " " + r.Path}
	if o == nil {
		c.judgeStray(v, methods)
	} else {
		v.operation = o.String()
		response := o.route.Operation.Responses.Status(a.Status)
		if response == nil {
			response = o.route.Operation.Responses.Default()
		}
		if response == nil {
			v.find(RuleStatus, "it is not; %s", excerpt(a.Body))
		} else {
			v.judgeResponse(response.Value)
		}
		if r.Header != nil && a.Status >= 200 && a.Status < 300 {
			if err := o.refuses(r, parameters); err != nil {
				v.find(RuleAccepted, "%s", oneLine(err))
			}
		}
	}
	e := &exchange{request: r, answer: a, operation: o, parameters: parameters}
	for _, l := range c.laws {
		for _, text := range l.check(e) {
			v.find(l.rule, "%s", text)
		}
	}
	return v.findings
}

// verdict collects findings about one exchange.
type verdict struct {
	doc       *openapi3.T
	request   Request
	answer    Answer
	operation string
	findings  []Finding
}

func (v *verdict) find(rule Rule, format string, args ...any) {
	v.findings = append(v.findings, Finding{
		Rule: rule, Operation: v.operation, Status: v.answer.Status, Text: fmt.Sprintf(format, args...),
	})
}

// judgeStray judges an answer to what is no operation.
func (c *Contract) judgeStray(v *verdict, methods []string) {
	status, rule, name := http.StatusNotFound, RuleNoSuchPath, "NoSuchPath"
	if len(methods) > 0 {
		status, rule, name = http.StatusMethodNotAllowed, RuleNoSuchMethod, "NoSuchMethod"
	}
	if v.answer.Status != status {
		v.find(rule, "it is a %d; %s", v.answer.Status, excerpt(v.answer.Body))
		return
	}
	if components := c.doc.Components; components != nil && components.Responses[name] != nil {
		v.judgeResponse(components.Responses[name].Value)
	}
	if len(methods) == 0 {
		return
	}
	if slices.Contains(methods, http.MethodGet) {
		methods = append(methods, http.MethodHead)
	}
	slices.Sort(methods)
	if allowed := v.answer.Header.Get("Allow"); allowed != strings.Join(methods, ", ") {
		v.find(rule, "Allow is %q, documented are %s", allowed, strings.Join(methods, ", "))
	}
}

// judgeResponse judges an answer by what is documented for its status. The
// library stops at its first finding and never looks at a 304 or a HEAD, so
// headers and body are put to it apart, each as a 200 to a GET.
func (v *verdict) judgeResponse(r *openapi3.Response) {
	if err := v.ask(&openapi3.Response{Description: r.Description, Headers: r.Headers}); err != nil {
		v.find(RuleHeader, "%s", oneLine(err))
	}
	bodiless := v.request.Method == http.MethodHead || v.answer.Status == http.StatusNotModified || v.answer.Status == http.StatusNoContent
	switch {
	case bodiless && len(v.answer.Body) > 0:
		v.find(RuleNoBody, "it has one: %s", excerpt(v.answer.Body))
		return
	case bodiless:
		return
	case !hasSchema(r):
		v.find(RuleUncovered, "%d has none", v.answer.Status)
		return
	}
	kind := v.answer.Header.Get("Content-Type")
	base, _, err := mime.ParseMediaType(kind)
	if err != nil || r.Content.Get(base) == nil {
		v.find(RuleContentType, "it is %q; %s", kind, excerpt(v.answer.Body))
		return
	}
	if len(v.answer.Body) == 0 {
		v.find(RuleMissingBody, "it is empty")
		return
	}
	if strings.HasSuffix(base, "json") {
		if err := strictJSON(v.answer.Body); err != nil {
			v.find(RuleJSON, "%s: %s", err, excerpt(v.answer.Body))
			return
		}
	}
	if err := v.ask(&openapi3.Response{Description: r.Description, Content: r.Content}); err != nil {
		for _, e := range flat(err) {
			v.find(RuleSchema, "%s: %s", oneLine(e), excerpt(v.answer.Body))
		}
	}
}

// ask puts the answer to the library as if it were a 200 with this response.
func (v *verdict) ask(r *openapi3.Response) error {
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/"}},
			Route: &routers.Route{
				Spec:      v.doc,
				Operation: &openapi3.Operation{Responses: openapi3.NewResponses(openapi3.WithStatus(http.StatusOK, &openapi3.ResponseRef{Value: r}))},
			},
		},
		Status: http.StatusOK,
		Header: v.answer.Header,
		Body:   io.NopCloser(bytes.NewReader(v.answer.Body)),
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true,
			MultiError:            true,
			ExcludeResponseBody:   len(r.Content) == 0,
		},
	}
	return openapi3filter.ValidateResponse(context.Background(), input)
}

// flat lists the errors of a list of errors, through whatever wraps it.
func flat(err error) []error {
	var wrapped *openapi3filter.ResponseError
	if errors.As(err, &wrapped) && wrapped.Err != nil {
		err = wrapped.Err
	}
	var several openapi3.MultiError
	if !errors.As(err, &several) {
		return []error{err}
	}
	var list []error
	for _, e := range several {
		list = append(list, flat(e)...)
	}
	return list
}

// oneLine is what an error says, with the place in the body where it knows it
// and without the schema that the library repeats after it.
func oneLine(err error) string {
	var schema *openapi3.SchemaError
	if errors.As(err, &schema) {
		return "/" + strings.Join(schema.JSONPointer(), "/") + ": " + schema.Reason
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// excerptLength bounds how much of a body a finding shows, in bytes.
const excerptLength = 300

func excerpt(body []byte) string {
	if len(body) > excerptLength {
		return fmt.Sprintf("%q...", body[:excerptLength])
	}
	return fmt.Sprintf("%q", body)
}
