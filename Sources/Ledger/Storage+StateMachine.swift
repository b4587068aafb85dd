extension Storage {
    /// When new payments are refused, and what is tried after a failure.
    struct StateMachine: Hashable, Sendable {
        private(set) var health = StorageHealth.fine
        private(set) var hasReserve = false

        /// What to do before a write.
        enum Admission: Hashable, Sendable { case write, probe, refuse }

        /// What to do after a write that failed.
        enum Remedy: Hashable, Sendable {
            /// It was not the disk's fault.
            case none
            /// Overwrite what the failed commit may have left in the log.
            case disown
            /// Give the reserve back to the disk, then write once more.
            case releaseReserve
        }

        /// Work that begins waits for proof that the disk is well again; what was begun is tried.
        func admission(_ work: Work) -> Admission {
            switch (work, health.trouble) {
            case (.finishes, _), (.begins, nil): .write
            case (.begins, .corrupt?): .refuse
            case (.begins, _?): .probe
            }
        }

        /// A read or a write failed.
        mutating func failed(_ error: LedgerError, _ work: Work) -> Remedy {
            guard let trouble = error.trouble, case .storage(_, let detail) = error else {
                return .none
            }
            if health.trouble != .corrupt { health = .trouble(trouble, detail: detail) }
            guard trouble == .full, work == .finishes, hasReserve else { return .disown }
            hasReserve = false
            return .releaseReserve
        }

        /// A commit is on the disk. A full disk stays full until its reserve is whole again.
        mutating func wrote() {
            switch health.trouble {
            case .readOnly, .failing: health = .fine
            case nil, .full, .corrupt: return
            }
        }

        /// The reserve was made, or found whole: `error` says why not.
        mutating func reserved(_ error: LedgerError?) {
            hasReserve = error == nil
            if let error { _ = failed(error, .begins) }
        }

        /// The reserve is whole, there is room beside it, and a write went through.
        mutating func recovered() {
            if health.trouble != .corrupt { health = .fine }
        }
    }
}
