// Command cheat is no event-service: it answers what the runbook asks, and does no
// more. The harness's own suite plays scenarios against it, and
// fails if it passes too much of it.
//
//	cheat hardcoded    hard-codes the documented answers and holds no data
//	cheat memory       keeps data in memory, dials its dependencies, and answers
//	                   and logs accordingly
//
// HOST, PORT, DATABASE_URL, REDIS_URL and VENUE_SERVICE_URL are the service's.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// readHeaders bounds the reading of a request's headers.
const readHeaders = 5 * time.Second

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "cheat:", err)
		os.Exit(1)
	}
}

func serve() error {
	var k key = hardCoded{}
	switch {
	case len(os.Args) != 2:
		return errors.New("usage: cheat hardcoded|memory")
	case os.Args[1] == "memory":
		k = newMemory(os.Getenv("DATABASE_URL"), os.Getenv("REDIS_URL"), os.Getenv("VENUE_SERVICE_URL"))
	case os.Args[1] != "hardcoded":
		return fmt.Errorf("%q is neither hardcoded nor memory", os.Args[1])
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: routes(k), ReadHeaderTimeout: readHeaders}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, func() { _ = server.Shutdown(context.Background()) })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// key is what differs between the two.
type key interface {
	// health says of each dependency whether it seems to be there.
	health() (database, redis bool, circuit string)
	// venue says whether a venue can be validated now.
	venue() bool
	// store keeps an event; false: the database seems to be gone.
	store(tenant string, e event) bool
	// find and list answer from what was kept; false as above.
	find(tenant, id string) (e event, found, ok bool)
	list(tenant string) (all []event, ok bool)
}
