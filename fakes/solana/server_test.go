package solana_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/runproof/runproof/fakes/solana"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAnswersSlotsAndKeepsWhatItWasAsked(t *testing.T) {
	s, err := solana.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	ask := func(body string) (int, string) {
		res, err := client.Post(s.URL(), "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(text)
	}
	for _, c := range []struct {
		body   string
		status int
		says   string
	}{
		{`{"jsonrpc":"2.0","id":1,"method":"getSlot"}`, 200, `{"jsonrpc":"2.0","result":310000001,"id":1}`},
		{`{"jsonrpc":"2.0","id":2,"method":"getSlot"}`, 200, `{"jsonrpc":"2.0","result":310000002,"id":2}`},
		{`{"jsonrpc":"2.0","id":3,"method":"getBlock"}`, 200, `"code":-32601`},
		{`slot?`, 400, "JSON-RPC"},
	} {
		if status, text := ask(c.body); status != c.status || !strings.Contains(text, c.says) {
			t.Errorf("%s: %d %s", c.body, status, text)
		}
	}
	if h := s.History(); len(h) != 4 || h[0].Method != "getSlot" || h[2].Method != "getBlock" || h[3].Method != "" {
		t.Errorf("history: %+v", h)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
