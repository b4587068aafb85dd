/// What `vpcd` says to a card, from vsmartcard's description of its protocol.
enum ReaderMessage: Hashable {
    case powerOff
    case powerOn
    case reset
    case getATR
    case command([UInt8])

    /// A message of one byte is for the card itself; everything longer is a command APDU.
    init(_ message: [UInt8]) {
        switch message {
        case [0]: self = .powerOff
        case [1]: self = .powerOn
        case [2]: self = .reset
        case [4]: self = .getATR
        default: self = .command(message)
        }
    }
}
