import CPCSC

/// A connection to pcscd; wraps `SCardEstablishContext` and releases it at its end.
///
/// libpcsclite lets one call at a time into a context: a wait keeps all other calls out.
/// So every thread has its own, and only `SCardCancel` comes from elsewhere.
struct PCSCContext: ~Copyable {
    let handle: SCARDCONTEXT

    init() throws(PCSCError) {
        var handle = SCARDCONTEXT()
        try PCSCError.check(
            SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &handle))
        self.handle = handle
    }

    deinit {
        SCardReleaseContext(handle)
    }

    /// The readers that pcscd knows; wraps `SCardListReaders`. No reader is an empty list.
    func readerNames() throws(PCSCError) -> [String] {
        // As many names as pcscd can have: asking for the length first would be a race.
        var bytes = [CChar](
            repeating: 0,
            count: Int(PCSCLITE_MAX_READERS_CONTEXTS) * Int(MAX_READERNAME) + 1)
        var length = DWORD(bytes.count)
        let code = SCardListReaders(handle, nil, &bytes, &length)
        if PCSCError(code: code) == .noReaders { return [] }
        try PCSCError.check(code)
        return bytes.prefix(Int(length)).split(separator: 0).map { name in
            String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
