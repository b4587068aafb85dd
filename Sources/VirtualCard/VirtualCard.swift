internal import Synchronization

/// A smart card made of software, which puts itself into a reader of vsmartcard's `vpcd`.
///
/// To insert is to connect to the reader's port, to remove is to hang up. The card's side of the
/// conversation runs on a thread of its own with blocking calls, never on Swift's shared pool.
/// When the reader hangs up, for instance because pcscd ended, the card is out and may be inserted
/// again.
public final class VirtualCard: Sendable {
    /// What a card says to a command.
    public enum Reply: Hashable, Sendable {
        /// The whole answer, status word included.
        case data([UInt8])
        /// None: the card is torn out of the reader in the middle of the command.
        case tear
    }

    /// The answer to reset of a storage card, as a MIFARE Classic 1K in a PC/SC reader gives it.
    public static let storageCardATR: [UInt8] = [
        0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06,
        0x03, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x6A,
    ]

    /// How long ``insert()`` waits for the reader unless told otherwise, in milliseconds.
    public static let insertMilliseconds = 5_000

    private let port: UInt16
    private let atr: [UInt8]
    private let insertMillisecondsMax: Int
    private let answer: @Sendable ([UInt8]) -> Reply
    private let connection = Mutex<Connection?>(nil)

    /// A card for the reader on `127.0.0.1:port` that answers commands with `answer`.
    ///
    /// `answer` gets one command APDU at a time, on the card's thread, which it may block.
    public init(
        port: UInt16,
        atr: [UInt8] = VirtualCard.storageCardATR,
        insertMilliseconds: Int = VirtualCard.insertMilliseconds,
        answer: @escaping @Sendable ([UInt8]) -> Reply
    ) {
        precondition(atr.count <= 33, "ISO 7816-3 allows an ATR of at most 33 bytes")
        self.port = port
        self.atr = atr
        self.insertMillisecondsMax = insertMilliseconds
        self.answer = answer
    }

    /// A storage card with this identifier, which knows the command GET DATA (UID) and no other.
    public convenience init(
        port: UInt16, uid: [UInt8], insertMilliseconds: Int = VirtualCard.insertMilliseconds
    ) {
        self.init(port: port, insertMilliseconds: insertMilliseconds) { command in
            command == [0xFF, 0xCA, 0x00, 0x00, 0x00]
                ? .data(uid + [0x90, 0x00])
                : .data([0x6D, 0x00])
        }
    }

    deinit { connection.withLock { $0?.hangUp() } }

    /// Puts the card into the reader, waiting for the reader to be there.
    ///
    /// Throws ``VirtualCardError`` when the card is in already, when no reader listens in time or
    /// when the task is cancelled.
    public func insert() async throws(VirtualCardError) {
        let fresh = Connection(port: port, atr: atr, answer: answer)
        let isFree = connection.withLock { current in
            guard current?.hasEnded ?? true else { return false }
            current = fresh
            return true
        }
        guard isFree else { throw VirtualCardError(.alreadyInserted, port: port) }
        let milliseconds = insertMillisecondsMax
        let outcome = await withTaskCancellationHandler {
            await fresh.open(waitingMilliseconds: milliseconds)
        } onCancel: {
            fresh.hangUp()
        }
        try outcome.get()
    }

    /// Takes the card out; returns once its thread has ended.
    ///
    /// Does nothing when it is out already.
    public func remove() async {
        guard let current = connection.withLock({ $0 }) else { return }
        current.hangUp()
        await current.ended()
    }

    /// Returns once the card is out, torn out by its own answer or by the end of its reader.
    public func left() async {
        await connection.withLock { $0 }?.ended()
    }
}
