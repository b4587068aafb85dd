/// The faults in force, in order: the first that fits a request and whose draw hits is used.
struct FaultPlan: Sendable {
    /// The most faults at a time.
    static let faultsMax = 100

    private(set) var faults: [SandboxFault] = []

    mutating func replace(with faults: [SandboxFault]) { self.faults = faults }

    /// The fault of this request, if any; a fault's last time takes it off the list.
    mutating func take(
        method: String, path: String, using generator: inout SeededGenerator
    ) -> SandboxFault? {
        for (at, fault) in faults.enumerated() {
            guard fault.method.map({ $0.uppercased() == method }) ?? true,
                fault.path.map({ PathPattern($0).matches(path) }) ?? true
            else { continue }
            if let probability = fault.probability,
                Double.random(in: 0..<1, using: &generator) >= probability
            {
                continue
            }
            if let times = fault.times {
                if times <= 1 { faults.remove(at: at) } else { faults[at].times = times - 1 }
            }
            return fault
        }
        return nil
    }
}
