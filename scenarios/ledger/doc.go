// Package ledger makes the claims' verdicts of results: TRUE only where a
// counter-example shows that the check can fail, FALSE with what was seen,
// UNTESTED with the reason. [RunResult] is the whole run, and knows its exit code.
package ledger
