// Package repository reads what a service's repository says of its deployment,
// and holds a runbook against it: namespaces, workloads, ports, probes,
// variables, endpoints, alerts, tables, and the tools in an image.
//
// It reads files and starts nothing. A file that it cannot read is listed with
// the reason, and nothing is concluded from what may stand in it.
package repository
