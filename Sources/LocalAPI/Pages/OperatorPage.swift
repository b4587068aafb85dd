/// The page for staff. It holds nothing by itself: all that it shows comes from calls with the
/// operator's token, which the browser's tab keeps.
enum OperatorPage {
    static let files: [PageFile] = [
        .html("/operator", PackageResources.operator_html),
        .style("/operator.css", PackageResources.operator_css),
        .script("/operator.js", PackageResources.operator_js),
        .script("/operator-api.js", PackageResources.operator_api_js),
        .script("/operator-cards.js", PackageResources.operator_cards_js),
        .script("/operator-chart.js", PackageResources.operator_chart_js),
        .script("/operator-day.js", PackageResources.operator_day_js),
        .script("/operator-dialog.js", PackageResources.operator_dialog_js),
        .script("/operator-dom.js", PackageResources.operator_dom_js),
        .script("/operator-en.js", PackageResources.operator_en_js),
        .script("/operator-now.js", PackageResources.operator_now_js),
        .script("/operator-payment.js", PackageResources.operator_payment_js),
        .script("/operator-payments.js", PackageResources.operator_payments_js),
        .script("/operator-words.js", PackageResources.operator_words_js),
        .script("/operator-zh.js", PackageResources.operator_zh_js),
    ]
}
