import TerminalTesting

/// The process begins, dies and begins again.
extension World {
    /// A step of a process that is dead already: it must come to its end.
    private static let ghostStepsMax = 100_000

    func begin() {
        lives += 1
        isStopping = false
        note("-- the agent starts (\(lives))")
        do {
            life = try Life(world: self, number: lives, path: try files.next())
        } catch {
            failure = error
        }
        for purchase in unsold.values.sorted(by: { $0.number < $1.number }) { life?.sell(purchase) }
    }

    /// What a kill -9 leaves is the ledger's files as they are now, and requests on their way.
    func crash() {
        guard let life else { return }
        note("-- the agent is killed")
        tally["crash", default: 0] += 1
        do {
            for payment in try life.reader.payments(where: "state = 'pending'") {
                witness.pendingAtCrash.insert(payment.seq)
            }
        } catch {
            failure = error
        }
        replaceFiles(of: life)
        isStopping = false
        life.kill()
        var ghostSteps = 0
        while ghostSteps < Self.ghostStepsMax, executor.runOne() { ghostSteps += 1 }
        if !life.hasEnded { witness.violated(.worldEnds, "a dead process goes on") }
        restart(after: .milliseconds(200 + Int(lives) * 700))
    }

    /// Begins the next life after a while.
    func restart(after delay: Duration) {
        guard let life else { return }
        if life.hasEnded, isStopping { replaceFiles(of: life) }
        witness.ends[life.number] = clock.uptime()
        self.life = nil
        agenda.add(at: clock.uptime() + delay) { self.begin() }
    }

    private func replaceFiles(of life: Life) {
        do {
            try files.copy(life.path, dropsLastCommit: sabotage == .forgetsCommits)
        } catch {
            failure = error
        }
    }
}
