/// The page in front of the payer: it shows the agent's screen, and the ways to pay without a card.
///
/// Nothing is filled in here: the page asks the agent for the terminal's name and language.
enum PayerPage {
    static let files: [PageFile] = [
        .html("/", PackageResources.payer_html),
        .style("/payer.css", PackageResources.payer_css),
        .script("/payer.js", PackageResources.payer_js),
        .script("/payer-codes.js", PackageResources.payer_codes_js),
        .script("/payer-en.js", PackageResources.payer_en_js),
        .script("/payer-scanner.js", PackageResources.payer_scanner_js),
        .script("/payer-sound.js", PackageResources.payer_sound_js),
        .script("/payer-view.js", PackageResources.payer_view_js),
        .script("/payer-words.js", PackageResources.payer_words_js),
        .script("/payer-zh.js", PackageResources.payer_zh_js),
    ]
}
