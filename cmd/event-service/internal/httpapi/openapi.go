package httpapi

import (
	_ "embed"
	"net/http"
)

// document is the contract that this package keeps.
//
//go:embed openapi.json
var document []byte

func openAPI(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(document)
}
