/// The example of the contract, value for value; its comments are left out.
enum ContractExample {
    /// As documented: `...` stands for what each site has of its own.
    static let text = """
        terminal:
          id: K001
          name: Canteen 1, lane 3
          language: zh
        platform:
          base_url: https://pass.sovell.com
          client_id: ...
          client_secret: ...
          payment_app: wallet
          client_authentication: body
          allow_plaintext: false
          ca_file: null
          refusal_reasons: {402: balance_too_low}
          connect_timeout: 1s
          request_timeout: 3s
          decision_deadline: 4s
        reader:
          source: pcsc
          name: "*"
        card_number:
          source: uid
          encoding: hex
          byte_order: as_read
          case: upper
          width: 0
          bytes: all
          apdus: []
          slice: {}
        payment:
          mode: requested
          title: null
          fixed_amount: 1500
          schedule: []
          per_card_per_period: 0
          repeat_window: 3s
          tap_timeout: 60s
        offline:
          enabled: true
          payment_limit: 5000
          card_limit: 10000
          total_limit: 500000
          max_age: 72h
          known_cards_only: false
          known_card_age: 30d
          lost_card: hold
          lost_list_max_age: 0
        sync:
          concurrency: 8
          retry_min: 1s
          retry_max: 5m
          late_arrival: 5m
          order_memory: 30d
        ledger:
          path: /var/lib/kiosk-agent/ledger.sqlite
          mirror: null
          mirror_required: false
          recovery_key: null
          keep: 400d
        api:
          listen: 127.0.0.1:7717
          socket: /run/kiosk-agent/api.sock
          allowed_origins: []
          operator_token: ...
          operator_token_file: /etc/kiosk-agent/operator_token
        scanner:
          device: null
          serial: null
        log:
          level: info
          format: text
        other_platforms:
          chainup: {base_url: ..., app_id: ..., platform_public_key: ..., private_key: ...,
            time_format: number}
          tf56: {base_url: https://open.tf56.com/openGateway, client_id: ...,
            client_secret: ..., redirect_uri: ...}
          realshark: {base_url: https://oauth.realshark.com, app_key: ..., app_secret: ...,
            redirect_uri: ..., token_method: post}
        """
}
