import TerminalCore
import Testing

@testable import CardReader

/// Plays the lines of a script to a new machine; each must do what its right side says.
func play(_ script: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    var machine = ReaderMonitor.StateMachine()
    for line in script {
        let sides = line.split(separator: ">", maxSplits: 1)
        let said = sides[0].split(separator: " ").map(String.init)
        let done = actions(of: &machine, after: said).map(describe)
        let expected = sides[1].split(separator: " ").map(String.init)
        #expect(done == expected, "at: \(line)", sourceLocation: sourceLocation)
    }
}

private func actions(
    of machine: inout ReaderMonitor.StateMachine, after said: [String]
) -> [ReaderMonitor.StateMachine.Action] {
    switch (said[0], said.dropFirst().first) {
    case ("up", _): return machine.serviceAnswered()
    case ("down", _): return machine.serviceLost()
    case ("list", _): return machine.readersListed(Array(said.dropFirst()))
    case ("settled", _): return machine.readersSettled()
    case (let reader, "empty"):
        return machine.observed(word(0x10, count: said[2]), reader: reader)
    case (let reader, "card"):
        return machine.observed(word(0x20, count: said[2]), reader: reader)
    case (let reader, "trouble"):
        return machine.observed(StateWord(rawValue: 0x08), reader: reader)
    case (let read, _):
        let reader = String(read.prefix(1))
        let presentation = Presentation(number: UInt64(read.dropFirst())!)
        return machine.readEnded(
            presentation, reader: reader, result: result(of: said.dropFirst(), reader: reader))
    }
}

private func word(_ flags: UInt, count: String) -> StateWord {
    StateWord(rawValue: UInt(count)! << 16 | flags)
}

/// `= NUMBER` is a card that was read, `!` one that left.
private func result(
    of said: ArraySlice<String>, reader: String
) -> Result<CardTap, CardError> {
    guard said.first == "=", let number = try? CardNumber(said.last!) else {
        return .failure(.removed)
    }
    return .success(CardTap(reader: reader, number: number))
}

private func describe(_ action: ReaderMonitor.StateMachine.Action) -> String {
    switch action {
    case .open(let reader): "open:\(reader)"
    case .close(let reader): "close:\(reader)"
    case .read(let presentation, let reader): "read:\(reader)\(presentation.number)"
    case .cardLeft(let presentation, let reader): "left:\(reader)\(presentation.number)"
    case .emit(.service(let available)): "service:\(available)"
    case .emit(.readers(let names)): "readers:\(names.joined(separator: ","))"
    case .emit(.reading(let reader)): "reading:\(reader)"
    case .emit(.tapped(let tap)): "tapped:\(tap.reader):\(tap.number.exposed)"
    case .emit(.failed(_, let reader)): "failed:\(reader)"
    case .emit(.removed(let reader)): "removed:\(reader)"
    }
}
