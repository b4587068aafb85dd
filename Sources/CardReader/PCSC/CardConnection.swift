import CPCSC

/// A connection to the card on a reader; wraps `SCardConnect` and disconnects at its end.
struct CardConnection: ~Copyable {
    private let handle: SCARDHANDLE
    private let activeProtocol: DWORD

    /// Connects to the card.
    ///
    /// `alone` keeps other programs out: a file is read by commands that build on each other,
    /// and another program's SELECT between them would give the number of another file. A
    /// transaction would do the same but waits without limit for one that is never ended.
    init(to reader: String, in context: borrowing PCSCContext, alone: Bool) throws(PCSCError) {
        var handle = SCARDHANDLE()
        var activeProtocol = DWORD()
        try PCSCError.check(
            SCardConnect(
                context.handle, reader,
                DWORD(alone ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED),
                DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1), &handle, &activeProtocol))
        self.handle = handle
        self.activeProtocol = activeProtocol
    }

    /// Leaves the card as it is. Taking its power would switch the field of some contactless
    /// readers off and on, which then report the same card as a new one; it would also reset
    /// the card under other programs. pcscd takes the power itself some seconds later.
    deinit {
        SCardDisconnect(handle, DWORD(SCARD_LEAVE_CARD))
    }

    /// Sends a command and returns the length of the answer in `answer`; wraps `SCardTransmit`.
    func transmit(
        _ command: [UInt8], answer: UnsafeMutableBufferPointer<UInt8>
    ) throws(PCSCError) -> Int {
        let isT0 = activeProtocol == DWORD(SCARD_PROTOCOL_T0)
        var length = DWORD(answer.count)
        try PCSCError.check(
            SCardTransmit(
                handle, isT0 ? CPCSC_PCI_T0() : CPCSC_PCI_T1(), command, DWORD(command.count),
                nil, answer.baseAddress, &length))
        return Int(length)
    }
}
