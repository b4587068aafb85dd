internal import Synchronization

/// Knows how the ledger's disk is, keeps its reserve, and tells who listens.
final class Storage: Sendable {
    /// What a write is for.
    enum Work: Hashable, Sendable {
        /// New work: refused while the disk is in trouble, and never fed from the reserve.
        case begins
        /// What was begun or promised: always tried, with the reserve's room if need be.
        case finishes
    }

    let reserve: ReserveFile
    private let machine = Mutex(StateMachine())
    private let feed = ChangeFeed<StorageHealth>(bufferMax: 1)

    init(path: String) { reserve = ReserveFile(path: path + ".reserve") }

    var health: StorageHealth { machine.withLock(\.health) }

    /// Each new state of health from now on; who is slow sees the newest.
    func changes() -> AsyncStream<StorageHealth> { feed.subscribe() }

    func admission(_ work: Work) -> StateMachine.Admission {
        machine.withLock { $0.admission(work) }
    }

    func failed(_ error: LedgerError, _ work: Work) -> StateMachine.Remedy {
        change { $0.failed(error, work) }
    }

    func wrote() { change { $0.wrote() } }

    func recovered() { change { $0.recovered() } }

    /// Makes the reserve unless it is whole; false when the disk is in the way.
    @discardableResult
    func makeReserve() -> Bool {
        let error = reserve.make()
        change { $0.reserved(error) }
        return error?.trouble == nil
    }

    /// A ledger that cannot be opened for want of room is opened with the room of the reserve.
    func opening<T>(_ open: () throws(LedgerError) -> T) throws(LedgerError) -> T {
        do throws(LedgerError) {
            return try open()
        } catch  where reserve.isThere && !reserve.hasRoom {
            reserve.release()
            return try open()
        }
    }

    /// Whether the first transaction of a start went through. False when the disk is full even
    /// without the reserve: the ledger is open all the same, and says so.
    func beginning(_ begin: () throws(LedgerError) -> Void) throws(LedgerError) -> Bool {
        do throws(LedgerError) {
            try opening(begin)
            return true
        } catch {
            guard error.trouble == .full else { throw error }
            _ = failed(error, .begins)
            return false
        }
    }

    private func change<T: Sendable>(_ body: (inout StateMachine) -> T) -> T {
        let (result, news) = machine.withLock { machine -> (T, StorageHealth?) in
            let before = machine.health
            let result = body(&machine)
            return (result, machine.health == before ? nil : machine.health)
        }
        if let news { feed.publish(news) }
        return result
    }
}
