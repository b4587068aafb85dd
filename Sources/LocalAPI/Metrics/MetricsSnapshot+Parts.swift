internal import Instruments
internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// The metrics about what a terminal is made of.
extension MetricsSnapshot {
    var platform: [MetricFamily] {
        [
            MetricFamily(
                "kiosk_platform_state", .gauge, "1 for the state that the platform is in.",
                Breaker.State.allCases.map { state in
                    MetricSample(sync.platform == state, ["state": state.rawValue])
                }),
            MetricFamily(
                "kiosk_breaker_open", .gauge,
                "Whether taps are decided without asking the platform.",
                [MetricSample(sync.platform == .offline)]),
            MetricFamily(
                "kiosk_credentials_refused", .gauge, "Whether the platform refuses this terminal.",
                [MetricSample(sync.credentialsRefused)]),
            MetricFamily(
                "kiosk_platform_calls_total", .counter,
                "Calls of the platform, probes included, by what they brought.",
                Breaker.Result.allCases.map { result in
                    MetricSample(Double(work.calls[result] ?? 0), ["result": result.rawValue])
                }),
        ]
    }

    var deliveries: [MetricFamily] {
        [
            MetricFamily(
                "kiosk_delivery_seconds", .histogram,
                "Deliveries of a payment: the exchange of the card and the order.",
                work.deliveries.samples()),
            MetricFamily(
                "kiosk_deliveries_in_hand", .gauge, "Payments that are being delivered or undone.",
                [MetricSample(Double(sync.inHand))]),
            MetricFamily(
                "kiosk_deliveries_backing_off", .gauge, "Payments that wait after a failed try.",
                [MetricSample(Double(sync.backingOff))]),
            MetricFamily(
                "kiosk_forwarding_stopped", .gauge,
                "Whether forwarding has stopped after refusals of different cards in a row.",
                [MetricSample(sync.drainStopped)]),
        ]
    }

    var devices: [MetricFamily] {
        let scanners = scanner.troubles.sorted { $0.key < $1.key }
        return [
            MetricFamily(
                "kiosk_reader_ready", .gauge, "Whether a card could be read now.",
                [MetricSample(reader.isReady)]),
            MetricFamily(
                "kiosk_reader_service_up", .gauge, "Whether pcscd can be reached.",
                reader.serviceIsUp.map { [MetricSample($0)] } ?? []),
            MetricFamily(
                "kiosk_readers", .gauge, "Card readers that are plugged in.",
                [MetricSample(Double(reader.readers.count))]),
            MetricFamily(
                "kiosk_scanner_ready", .gauge, "Whether the barcode scanner can be read.",
                scanners.map { MetricSample($0.value == nil, ["device": $0.key]) }),
        ]
    }

    var storage: [MetricFamily] {
        [
            MetricFamily(
                "kiosk_storage_ok", .gauge, "Whether the ledger can keep a new payment.",
                [MetricSample(storageIsFine)]),
            MetricFamily(
                "kiosk_mirror_ok", .gauge, "Whether the mirror can be written.",
                mirrorIsFine.map { [MetricSample($0)] } ?? []),
            MetricFamily(
                "kiosk_ledger_commits_total", .counter,
                "Transactions of the ledger; each that changed something was synced to the disk.",
                [MetricSample(Double(tally.commits))]),
        ]
    }

    /// A list whose import lies ahead of the clock counts as new.
    var lostList: [MetricFamily] {
        let list = books?.lostList
        let age = list.map { max(.zero, now - $0.importedAt) / .seconds(1) }
        return [
            MetricFamily(
                "kiosk_lost_list_age_seconds", .gauge, "How long ago the lost list was imported.",
                age.map { [MetricSample($0)] } ?? []),
            MetricFamily(
                "kiosk_lost_list_cards", .gauge, "Cards on the imported lost list.",
                list.map { [MetricSample(Double($0.cards))] } ?? []),
            MetricFamily(
                "kiosk_lost_list_max_age_seconds", .gauge,
                "Key offline.lost_list_max_age; 0 is any age.",
                [MetricSample((policy.lostListMaxAge ?? .zero) / .seconds(1))]),
        ]
    }
}
