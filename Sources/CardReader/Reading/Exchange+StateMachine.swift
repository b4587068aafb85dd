import TerminalCore

/// One command and its answer, with what ISO/IEC 7816-4 lets a card say in between: 61xx "more
/// bytes are waiting", 6Cxx "ask again for xx bytes".
struct Exchange {
    /// What to do next.
    enum Step: Hashable {
        case send([UInt8])
        /// The data without the status word.
        case done([UInt8])
        case failed(CardError)
    }

    /// How many times one command may be followed up: 32 × 256 bytes are more than any file here.
    static let followUpsMax = 32

    private let index: Int
    private var sent: [UInt8]
    private var data: [UInt8] = []
    private var followUps = 0

    /// `index` is the place of `command` in the settings, from 1, for error messages.
    init(command: [UInt8], index: Int) {
        self.index = index
        sent = command
    }

    /// The card answered what was sent last.
    mutating func answered(_ answer: some BidirectionalCollection<UInt8>) -> Step {
        // Some drivers report success with nothing when the card was torn away.
        guard answer.count >= 2, let low = answer.last else { return .failed(.removed) }
        let high = answer.dropLast().last!
        data += answer.dropLast(2)
        followUps += 1
        let status = UInt16(high) << 8 | UInt16(low)
        if status == 0x9000 { return .done(data) }
        guard followUps <= Self.followUpsMax, let next = followUp(high: high, low: low) else {
            return .failed(.status(command: index, status))
        }
        sent = next
        return .send(next)
    }

    private func followUp(high: UInt8, low: UInt8) -> [UInt8]? {
        switch high {
        case 0x61: [Self.channel(of: sent[0]), 0xC0, 0x00, 0x00, low]
        case 0x6C: Self.command(sent, expecting: low)
        default: nil
        }
    }

    /// GET RESPONSE goes to the command's logical channel, without its secure messaging bits.
    private static func channel(of instructionClass: UInt8) -> UInt8 {
        instructionClass & 0xE0 == 0 ? instructionClass & 0x03 : 0x00
    }

    /// A short command with another expected length; nil for what is not one.
    private static func command(_ command: [UInt8], expecting length: UInt8) -> [UInt8]? {
        switch command.count {
        case 4: return command + [length]
        case 5: return command.dropLast() + [length]
        case let count where count > 5 && command[4] > 0:
            let end = 5 + Int(command[4])
            if count == end { return command + [length] }
            return count == end + 1 ? command.dropLast() + [length] : nil
        default: return nil
        }
    }
}
