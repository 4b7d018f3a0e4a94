package tracing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Statements gives every statement of a traced request a span. It is a
// pgx.QueryTracer.
type Statements struct{}

type statementKey struct{}

// TraceQueryStart implements pgx.QueryTracer. The span shows the statement
// without its parameters, which may be a tenant's data.
func (Statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return ctx
	}
	words := strings.Fields(d.SQL)
	operation := "statement"
	if len(words) > 0 {
		operation = strings.ToUpper(words[0])
	}
	ctx, span := child(ctx, operation,
		attribute.String("db.system.name", "postgresql"),
		attribute.String("db.operation.name", operation),
		attribute.String("db.query.text", strings.Join(words, " ")),
	)
	return context.WithValue(ctx, statementKey{}, span)
}

// TraceQueryEnd implements pgx.QueryTracer. An error is shown by its code or
// its type: its text may quote a value.
func (Statements) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	span, ok := ctx.Value(statementKey{}).(trace.Span)
	if !ok {
		return
	}
	if d.Err != nil {
		kind := fmt.Sprintf("%T", d.Err)
		var server *pgconn.PgError
		if errors.As(d.Err, &server) {
			kind = server.Code
		}
		span.SetAttributes(attribute.String("error.type", kind))
		span.SetStatus(codes.Error, kind)
	}
	span.End()
}
