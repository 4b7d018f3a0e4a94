// Package contract is the suite's own copy of what the event-service promises
// its callers, and the judge of answers against it.
//
// The document (contract.yaml) is written from the runbook and from what the
// service is meant to be, never from the service, and it is strict: a status
// or a property that it does not name is a finding, and a status without a
// schema is one too. What a schema cannot say (a problem's status is the
// answer's, an ETag is the event's version, a stack trace belongs in no
// answer) is in laws beside it.
//
// Everything here is pure: an exchange goes in, findings come out, so that a
// recorded exchange can be judged again. Coverage counts what was seen, for a
// judge who saw nothing has found nothing. Compare holds a document that the
// service serves against the own one.
package contract
