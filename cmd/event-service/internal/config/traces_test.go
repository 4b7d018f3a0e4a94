package config_test

import (
	"strings"
	"testing"
)

func TestWhereTracesGo(t *testing.T) {
	const all, own, off = "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_SDK_DISABLED"
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{}, ""},
		{map[string]string{off: "false"}, ""},
		{map[string]string{all: "http://collector:4318"}, "http://collector:4318/v1/traces"},
		{map[string]string{all: "https://collector/otlp/"}, "https://collector/otlp/v1/traces"},
		{map[string]string{all: "http://collector:4318", own: "http://traces:4318/in"}, "http://traces:4318/in"},
		{map[string]string{own: "http://traces:4318/in", off: "1"}, "http://traces:4318/in"},
		{map[string]string{all: "http://collector:4318", off: "TRUE"}, ""},
	} {
		env := minimal()
		for name, value := range c.env {
			env[name] = value
		}
		if got, err := load(env); err != nil || got.TracesURL != c.want {
			t.Errorf("%v: %q, %v; want %q", c.env, got.TracesURL, err, c.want)
		}
	}
	env := minimal()
	env[all] = "collector:hidden"
	if _, err := load(env); err == nil || !strings.Contains(err.Error(), all) || strings.Contains(err.Error(), "hidden") {
		t.Errorf("got %v", err)
	}
}
