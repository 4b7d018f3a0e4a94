package fault

// FaultServerFull takes all connections that the server has, the service's too.
const FaultServerFull Kind = "server-full"

// FillServer takes every connection that the database's server has.
func FillServer() Fault { return Fault{Kind: FaultServerFull, On: Postgres} }

func init() {
	kinds[FaultServerFull] = kindOf{
		needs:    ownServer,
		describe: func(Fault) string { return "all connections of postgres are taken" },
	}
}
