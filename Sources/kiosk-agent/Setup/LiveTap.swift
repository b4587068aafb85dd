internal import CardReader
internal import TerminalCore

/// One card at a real reader.
enum LiveTap {
    /// How long a card is waited for.
    private static let patience = Duration.seconds(60)

    /// The next card that gives its identifier at a reader whose name matches; nil when none comes.
    static func next(_ namePattern: String) async -> CardUID? {
        let reader = CardReader(settings: ReaderSettings(namePattern: namePattern))
        return await withTaskGroup(of: CardUID?.self) { group in
            group.addTask {
                await reader.run()
                return nil
            }
            group.addTask { await tapped(reader.events) }
            group.addTask {
                try? await Task.sleep(for: patience)
                return nil
            }
            let first: CardUID? = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    private static func tapped(_ events: AsyncStream<CardEvent>) async -> CardUID? {
        for await event in events {
            switch event {
            case .tapped(let tap): return tap.uid
            case .failed(let error, _): Terminal.complain(error.phrase)
            default: continue
            }
        }
        return nil
    }
}
