// Package browser opens the pages of a run in a browser, as whoever gets them would: with
// scripts off, under the strictest content policy, on a telephone and on a wide screen,
// in light, dark and on paper. It needs Debian's chromium, which `make test` installs.
package browser
