package gameday

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/control"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/lab"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios/gameday"
)

func newStartCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "start DIR",
		Short: "Play a game that was planned; the facilitator's key is read from standard input",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.complete(); err != nil {
				return err
			}
			return o.startPlanned(cmd.Context(), args[0], cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	o.playFlags(cmd)
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook that players get (default: the embedded event-service runbook)")
	o.AddFlags(cmd.Flags())
	return cmd
}

func (o Options) startPlanned(ctx context.Context, dir string, in io.Reader, out io.Writer) error {
	f, err := openFolder(dir)
	if err != nil {
		return err
	}
	fmt.Fprint(out, "key: ")
	key, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return exit.Usage("key: %w", err)
	}
	fmt.Fprintln(out)
	key = strings.TrimSpace(key)
	sealed, err := f.unseal(key)
	if err != nil {
		return err
	}
	return o.open(ctx, out, func(opened *lab.Opened) (*folder, gameday.Sealed, string, error) {
		for _, p := range sealed.Draw.Plays {
			if _, err := opened.Catalogue.Find(p.Scenario); err != nil {
				return nil, sealed, "", exit.Undecided("what was drawn cannot be injected on this machine; plan another game")
			}
		}
		return f, sealed, key, nil
	})
}

// all draws and plays.
func (o Options) all(ctx context.Context, out io.Writer) error {
	home, err := folderOf(o.Out)
	if err != nil {
		return err
	}
	// What cannot be drawn at all is said before anything is started.
	if _, err := o.draw(home, candidates(o.list, nil)); err != nil {
		return err
	}
	return o.open(ctx, out, func(opened *lab.Opened) (*folder, gameday.Sealed, string, error) {
		sealed, err := o.draw(home, candidates(o.list, opened.Catalogue))
		if err != nil {
			return nil, sealed, "", err
		}
		key, err := token()
		if err != nil {
			return nil, sealed, "", err
		}
		f, err := home.create(opened.ID, sealed, key)
		return f, sealed, key, err
	})
}

// open opens a lab, and plays in it what prepare gives.
func (o Options) open(ctx context.Context, out io.Writer, prepare func(*lab.Opened) (*folder, gameday.Sealed, string, error)) (err error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	opened, closeAll, err := lab.Open(ctx, "gameday", o.Stack, o.TargetFlags, o.list, func(text string) { fmt.Fprintln(out, text) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	f, sealed, key, err := prepare(opened)
	if err != nil {
		return err
	}
	played, err := o.play(ctx, out, opened, f, sealed, key)
	if err != nil {
		return err
	}
	return finish(f, played, out)
}

// play plays one game in a lab that is open.
func (o Options) play(ctx context.Context, out io.Writer, opened *lab.Opened, f *folder, sealed gameday.Sealed, key string) (r gameday.Record, err error) {
	book, source, err := openBook(o.Runbook, sealed.Draw.Candidates)
	if err != nil {
		return r, exit.Usage("%w", err)
	}
	start := gameday.Record{
		ID: f.plan.ID, Suite: suiteVersion(), Target: opened.Target, Bot: o.Bot,
		Published: f.plan.Published, Sealed: sealed, Book: book, Began: time.Now(),
	}
	kept, err := f.journal(key, start)
	if err != nil {
		return r, err
	}
	defer func() {
		if left := kept.close(); left != nil {
			err = errors.Join(err, exit.Undecided("journal: %w", left))
		}
	}()
	var pages *pages
	game := fixture.New(opened.Lab, fixture.Options{
		ID: start.ID, Suite: start.Suite, Target: start.Target, Sealed: sealed, Published: start.Published,
		Book: book, Scenarios: o.list, Bot: o.Bot, Rate: o.Rate, MaxFailed: o.MaxFailed, MaxLost: o.MaxLost,
		Journal: func(e fixture.Entry) { kept.write(header{Entry: e}) },
		Page: func(text string, at time.Time) {
			fmt.Fprintf(out, "%s  PAGE  %s: %s\n", at.Format(time.TimeOnly), o.subject, text)
			o.notify(ctx, out, alert{game: start.ID, service: o.subject, text: text, console: pages.console(), at: at})
		},
	})
	info, err := opened.Info()
	if err != nil {
		return r, exit.Undecided("%w", err)
	}
	pages, err = servePages(game, o.subject, opened.ID, book, source, info.Service, key)
	if err != nil {
		return r, exit.Undecided("console: %w", err)
	}
	defer pages.close()
	others, err := control.Listen(opened.Dir, "gameday", shellCommand(game))
	if err != nil {
		return r, exit.Undecided("shell: %w", err)
	}
	defer others.Close()
	fmt.Fprintf(out, "game         %s\nhash         %s\nconsole      %s\nshell        %s\nservice      %s\nfacilitator  %s\n\n",
		start.ID, start.Published, pages.console(), shellLine(opened.ID), info.Service, pages.facilitator())
	r, err = game.Play(ctx)
	if err != nil {
		err = exit.Undecided("%w", err)
	}
	return r, errors.Join(err, f.save(r))
}

// notify sends the page. That somebody cannot be called is said, and ends no game.
func (o Options) notify(ctx context.Context, out io.Writer, a alert) {
	for _, text := range o.Webhooks {
		hook, err := parseWebhook(text, o.AllowHost)
		if err == nil {
			err = hook.send(ctx, a)
		}
		if err != nil {
			fmt.Fprintf(out, "webhook: %s\n", exit.Line(err))
		}
	}
}
