import CPCSC

/// What pcscd says about a reader: flags in the lower half, a count of events in the upper.
struct StateWord: Hashable, Sendable {
    var rawValue: UInt

    /// Grows with each card that comes or goes, so that a quick change is seen afterwards.
    var count: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }

    /// A card lies on the reader.
    var hasCard: Bool { has(SCARD_STATE_PRESENT) }

    /// No card lies on the reader. A reader in trouble says neither this nor ``hasCard``.
    var isEmpty: Bool { has(SCARD_STATE_EMPTY) }

    /// pcscd does not know the reader any more.
    var isGone: Bool { has(SCARD_STATE_UNKNOWN) }

    /// A program holds the card for itself alone.
    var isHeld: Bool { has(SCARD_STATE_EXCLUSIVE) }

    /// Something is different from what the caller knew.
    var isChanged: Bool { has(SCARD_STATE_CHANGED) }

    /// The word to hand back at the next call, as what the caller knows.
    var known: UInt { rawValue & ~UInt(SCARD_STATE_CHANGED) }

    private func has(_ flag: Int32) -> Bool { rawValue & UInt(flag) != 0 }
}
