import TerminalCore

extension ReaderMonitor {
    /// Decides from pcscd's words what happened at the readers: no clock, no PC/SC.
    struct StateMachine {
        /// What the driver has to do, in this order.
        enum Action: Hashable {
            case emit(CardEvent)
            /// A reader came: make ready to read its cards.
            case open(reader: String)
            /// A reader went.
            case close(reader: String)
            case read(Presentation, reader: String)
            /// The card being read is gone: do not try again.
            case cardLeft(Presentation, reader: String)
        }

        /// What is on a reader.
        private enum Place {
            /// pcscd did not say yet.
            case unseen
            case empty
            case reading(Read)
            /// Read, with a number or without.
            case lying(CardNumber?)
        }

        private struct Read {
            var presentation: Presentation
            /// The card that lay here when the reader was lost: to find it again is no tap.
            var expected: CardNumber?
            var then = Then.lies
        }

        /// What happened to the card while it was being read.
        private enum Then { case lies, left, anotherCame }

        private struct Slot {
            var place = Place.unseen
            var count: UInt16 = 0
        }

        private var isServiceAvailable: Bool?
        private var slots: [String: Slot] = [:]
        private var announced: [String]?
        /// Cards that lay on readers which were lost; at most one per name of a reader. Kept
        /// until ``readersSettled()``, as a reader finds its card only some time after it came.
        private var lastSeen: [String: CardNumber] = [:]
        private var presentations: UInt64 = 0
    }
}

extension ReaderMonitor.StateMachine {
    /// pcscd answered.
    mutating func serviceAnswered() -> [Action] {
        guard isServiceAvailable != true else { return [] }
        isServiceAvailable = true
        return [.emit(.service(available: true))]
    }

    /// pcscd cannot be reached, or is not to be trusted any more.
    mutating func serviceLost() -> [Action] {
        guard isServiceAvailable != false else { return [] }
        isServiceAvailable = false
        return [.emit(.service(available: false))] + list([], reason: .serviceStopped)
    }

    /// pcscd told which readers there are; those that matter, in its order.
    mutating func readersListed(_ names: [String]) -> [Action] {
        list(names, reason: .readerUnavailable)
    }

    /// The readers had time to find the cards that lie on them: a card that comes now is a tap.
    mutating func readersSettled() -> [Action] {
        lastSeen = lastSeen.filter { reader, _ in slots[reader] == nil }
        return []
    }

    /// pcscd told the state of a reader.
    mutating func observed(_ word: StateWord, reader: String) -> [Action] {
        // A reader in trouble says neither; what it says next is compared with what was before.
        guard let slot = slots[reader], word.hasCard || word.isEmpty else { return [] }
        slots[reader]?.count = word.count
        let isCounted = slot.count != word.count
        switch (slot.place, word.hasCard) {
        case (.unseen, false):
            slots[reader]?.place = .empty
            return []
        case (.unseen, true), (.empty, true):
            return start(on: reader, expected: lastSeen.removeValue(forKey: reader))
        case (.empty, false): return isCounted ? missed(on: reader) : []
        case (.lying, true): return isCounted ? leave(reader) + start(on: reader) : []
        case (.lying, false): return leave(reader)
        case (.reading(let read), let hasCard):
            guard isCounted || !hasCard else { return [] }
            return interrupt(read, on: reader, then: hasCard ? .anotherCame : .left)
        }
    }

    /// The read of a presentation ended.
    mutating func readEnded(
        _ presentation: Presentation, reader: String, result: Result<CardTap, CardError>
    ) -> [Action] {
        guard case .reading(let read)? = slots[reader]?.place, read.presentation == presentation
        else { return [] }  // of a reader that was lost meanwhile
        let number = try? result.get().number
        slots[reader]?.place = .lying(number)
        var actions: [Action] = []
        if read.expected == nil || read.expected != number {
            if read.expected != nil { actions.append(.emit(.reading(reader: reader))) }
            switch result {
            case .success(let tap): actions.append(.emit(.tapped(tap)))
            case .failure(let error): actions.append(.emit(.failed(error, reader: reader)))
            }
        }
        switch read.then {
        case .lies: return actions
        case .left: return actions + leave(reader)
        case .anotherCame: return actions + leave(reader) + start(on: reader)
        }
    }
}

extension ReaderMonitor.StateMachine {
    private mutating func list(_ names: [String], reason: PCSCError) -> [Action] {
        var actions: [Action] = []
        for lost in slots.keys.filter({ !names.contains($0) }).sorted() {
            actions += lose(lost, reason: reason)
        }
        for name in names where slots[name] == nil {
            slots[name] = Slot()
            actions.append(.open(reader: name))
        }
        if announced != names {
            announced = names
            actions.append(.emit(.readers(names)))
        }
        return actions
    }

    /// A reader went. Its card is remembered: pcscd restarts and USB resets are no new taps.
    private mutating func lose(_ reader: String, reason: PCSCError) -> [Action] {
        var actions = [Action.close(reader: reader)]
        switch slots.removeValue(forKey: reader)?.place {
        case .reading(let read):
            lastSeen[reader] = read.expected
            guard read.expected == nil else { break }
            let error = CardError.reader("\(reason)")
            actions += [.emit(.failed(error, reader: reader)), .emit(.removed(reader: reader))]
        case .lying(let number):
            lastSeen[reader] = number
            actions.append(.emit(.removed(reader: reader)))
        case .unseen, .empty, nil: break
        }
        return actions
    }

    private mutating func start(on reader: String, expected: CardNumber? = nil) -> [Action] {
        presentations += 1
        let presentation = Presentation(number: presentations)
        slots[reader]?.place = .reading(Read(presentation: presentation, expected: expected))
        let read = Action.read(presentation, reader: reader)
        return expected == nil ? [.emit(.reading(reader: reader)), read] : [read]
    }

    private mutating func interrupt(_ read: Read, on reader: String, then: Then) -> [Action] {
        var read = read
        read.then = then
        slots[reader]?.place = .reading(read)
        return [.cardLeft(read.presentation, reader: reader)]
    }

    private mutating func leave(_ reader: String) -> [Action] {
        slots[reader]?.place = .empty
        return [.emit(.removed(reader: reader))]
    }

    /// A card came and went before we looked: the payer is told to hold it longer.
    private func missed(on reader: String) -> [Action] {
        [
            .emit(.reading(reader: reader)), .emit(.failed(.removed, reader: reader)),
            .emit(.removed(reader: reader)),
        ]
    }
}
