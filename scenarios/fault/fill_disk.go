package fault

// FaultDiskFull fills the disk that the service watches.
const FaultDiskFull Kind = "disk-full"

// FillDisk fills a small disk of the service's own.
func FillDisk() Fault { return Fault{Kind: FaultDiskFull, On: Service} }

func init() {
	kinds[FaultDiskFull] = kindOf{
		needs:    func(Dependency) []Capability { return []Capability{WatchedDisk} },
		describe: func(Fault) string { return "the disk that the service watches is nearly full" },
	}
}
