import TerminalCore

/// Why a try to read a card ended without a number.
enum ScanFailure: Error {
    /// The card's own answer; another try would give the same.
    case card(CardError)
    /// PC/SC failed; ``ReadAttempts`` decides.
    case pcsc(PCSCError)
}

/// Reads the number of a card once it is connected.
struct CardScan {
    let reader: String
    let reading: CardReading
    /// Where answers are received; one buffer for the life of the reader.
    let buffer: UnsafeMutableBufferPointer<UInt8>

    /// GET DATA of PC/SC part 3: the identifier, of whatever length it is.
    static let getUID: [UInt8] = [0xFF, 0xCA, 0x00, 0x00, 0x00]

    /// Connects, asks and disconnects.
    func scan(in context: borrowing PCSCContext) throws(ScanFailure) -> CardTap {
        let card = try connect(in: context)
        switch reading {
        case .uid(let format):
            let answer = try exchange(Self.getUID, index: 1, with: card)
            return try tap { () throws(CardError) in
                let uid = try CardUID(answer)
                return CardTap(reader: reader, number: try format.number(of: uid), uid: uid)
            }
        case .file(let file):
            var answers: [[UInt8]] = []
            for (index, command) in file.commands.enumerated() {
                answers.append(try exchange(command, index: index + 1, with: card))
            }
            return try tap { () throws(CardError) in
                CardTap(reader: reader, number: try file.number(in: answers))
            }
        }
    }

    private func connect(
        in context: borrowing PCSCContext
    ) throws(ScanFailure) -> CardConnection {
        let isFile = if case .file = reading { true } else { false }
        do { return try CardConnection(to: reader, in: context, alone: isFile) } catch {
            throw .pcsc(error)
        }
    }

    private func exchange(
        _ command: [UInt8], index: Int, with card: borrowing CardConnection
    ) throws(ScanFailure) -> [UInt8] {
        var exchange = Exchange(command: command, index: index)
        var next = command
        while true {
            let length: Int
            do { length = try card.transmit(next, answer: buffer) } catch { throw .pcsc(error) }
            switch exchange.answered(buffer.prefix(length)) {
            case .send(let command): next = command
            case .done(let data): return data
            case .failed(.removed): throw .pcsc(.removedCard)
            case .failed(let error): throw .card(error)
            }
        }
    }

    private func tap(_ make: () throws(CardError) -> CardTap) throws(ScanFailure) -> CardTap {
        do { return try make() } catch { throw .card(error) }
    }
}
