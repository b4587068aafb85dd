extension PanelPage {
    static let markup = #"""
        <header>
          <div>
            <h1>kiosk-sandbox</h1>
            <p id="client" class="quiet">a look-alike of the payment platform</p>
          </div>
          <button id="network" class="switch" role="switch" aria-checked="true">Network up</button>
        </header>
        <p id="message" role="status" hidden></p>
        <main>
          <section aria-labelledby="cards-title">
            <div class="bar">
              <h2 id="cards-title">Cards</h2>
              <label>Hold <input id="hold" type="number" min="0" max="600" step="0.5" value="1.5">
                s</label>
              <label>Reader <select id="reader"></select></label>
            </div>
            <div id="cards" class="grid"></div>
          </section>
          <section aria-labelledby="faults-title">
            <div class="bar">
              <h2 id="faults-title">Faults</h2>
              <button id="clear">Clear all</button>
            </div>
            <form id="fault" class="bar">
              <label>What <select id="fault-mode">
                <option value="refuse">Refuse: reset, nothing done</option>
                <option value="reset_before">Reset before the work</option>
                <option value="reset_after">Reset after the work</option>
                <option value="hang">Hang: no answer ever</option>
                <option value="delay:2000">Delay of 2 s</option>
                <option value="delay:8000">Delay of 8 s</option>
                <option value="status:500">Status 500</option>
                <option value="status:503">Status 503</option>
                <option value="status:401">Status 401</option>
                <option value="status:429:5000">Status 429, again in 5 s</option>
                <option value="broken">Broken JSON after the work</option>
                <option value="truncated">Truncated answer after the work</option>
                <option value="endless">Endless answer</option>
              </select></label>
              <label>Where <select id="fault-where">
                <option value="|">every call</option>
                <option value="POST|/oauth/v2/token">token</option>
                <option value="GET|/oauth/v2/code">text message</option>
                <option value="GET|/oauth/v2/session/">QR session</option>
                <option value="POST|/sovellpay/v2/trade">pay</option>
                <option value="|/chainup/">ChainUp</option>
                <option value="|/tf56/">tf56</option>
                <option value="|/realshark/">RealShark</option>
                <option value="GET|/sovellpay/v2/trade/">query</option>
                <option value="DELETE|/sovellpay/v2/trade/">reverse</option>
              </select></label>
              <label>Times <input id="fault-times" type="number" min="1" max="100000"
                placeholder="for ever"></label>
              <label>Chance <input id="fault-chance" type="number" min="0" max="1" step="0.05"
                placeholder="always"></label>
              <button class="main">Add</button>
            </form>
            <ul id="active"></ul>
          </section>
          <section aria-labelledby="phones-title">
            <div class="bar">
              <h2 id="phones-title">Phones</h2>
              <a href="/admin/platforms">Settings for the other platforms</a>
            </div>
            <div class="scroll"><table>
              <thead><tr><th>When</th><th>Text to</th><th>Title</th><th>Code</th></tr></thead>
              <tbody id="messages"></tbody>
            </table></div>
            <div class="scroll"><table>
              <thead><tr><th>When</th><th>QR session</th><th>Code</th><th>State</th>
                <th></th></tr></thead>
              <tbody id="sessions"></tbody>
            </table></div>
          </section>
          <section aria-labelledby="trades-title">
            <h2 id="trades-title">Trades</h2>
            <div class="scroll"><table>
              <thead><tr><th>When</th><th>Order</th><th>Card</th><th class="n">Yuan</th>
                <th>Status</th><th class="n">Charges</th><th class="n">Refunds</th></tr></thead>
              <tbody id="trades"></tbody>
            </table></div>
          </section>
          <section aria-labelledby="requests-title">
            <h2 id="requests-title">Requests</h2>
            <div class="scroll"><table>
              <thead><tr><th>When</th><th>Call</th><th>Note</th><th>Answer</th>
                <th class="n">ms</th></tr></thead>
              <tbody id="requests"></tbody>
            </table></div>
          </section>
        </main>
        """#
}
