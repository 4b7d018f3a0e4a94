package store

import (
	"net"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
)

// A login that is refused is a database that cannot be used, whatever the code: a
// database that accepts no connections says 55000, which of a statement is an error.
func TestARefusedLoginIsUnavailable(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			server := pgproto3.NewBackend(conn, conn)
			if _, err := server.ReceiveStartupMessage(); err == nil {
				server.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "55000", Message: "accepts no connections"})
				_ = server.Flush() // the client tells
			}
			_ = conn.Close()
		}
	}()
	_, err = pgx.Connect(t.Context(), "postgres://somebody@"+listener.Addr().String()+"/closed?sslmode=disable")
	if err == nil {
		t.Fatal("logged in")
	}
	if got := kind(classify(t.Context(), err)); got != "unavailable" {
		t.Errorf("%v: %s", err, got)
	}
	if got := kind(classify(t.Context(), pg("55000"))); got != "other" {
		t.Errorf("a statement: %s", got)
	}
}
