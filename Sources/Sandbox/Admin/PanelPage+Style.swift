extension PanelPage {
    static let style = #"""
        :root { color-scheme: light dark; --back: #f5f6f8; --box: #fff; --ink: #1a1f27;
          --quiet: #5f6b7a; --line: #dde2e8; --main: #0b62d6; --on-main: #fff; --good: #137a41;
          --bad: #b42318; --warn: #9a5b00; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #12151a; --box: #1b2027; --ink: #e8ebef; --quiet: #9aa6b4;
            --line: #303844; --main: #6aa9ff; --on-main: #0b1320; --good: #5fd398;
            --bad: #ff8a80; --warn: #f2b95c; }
        }
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--back);
          color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.35rem; }
        h2 { margin: 0 auto 0 0; font-size: 1.05rem; }
        p { margin: 0; }
        .quiet, th { color: var(--quiet); font-size: .85rem; }
        header, .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; }
        header { justify-content: space-between; }
        section { margin-top: 1rem; padding: 1rem; background: var(--box);
          border: 1px solid var(--line); border-radius: .75rem; }
        section > h2, section > .bar { margin-bottom: .75rem; }
        .grid { display: grid; gap: .75rem;
          grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
        .card { padding: .85rem; border: 1px solid var(--line); border-radius: .6rem; }
        .card .name { font-weight: 600; }
        .card .number { font: .85rem ui-monospace, monospace; color: var(--quiet);
          overflow-wrap: anywhere; }
        .card .balance { margin: .35rem 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
        .badge { padding: .05rem .5rem; border: 1px solid currentColor; border-radius: 1rem;
          font-size: .8rem; white-space: nowrap; }
        .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
        button, input, select { min-height: 2.4rem; padding: .3rem .7rem; font: inherit;
          color: inherit; background: var(--box); border: 1px solid var(--line);
          border-radius: .5rem; }
        input { width: 6.5rem; } select { max-width: 100%; }
        button { cursor: pointer; } button:disabled { opacity: .5; cursor: default; }
        button.main { background: var(--main); border-color: var(--main); color: var(--on-main);
          font-weight: 600; }
        .card > button { width: 100%; }
        :focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
        label { display: inline-flex; align-items: center; gap: .35rem; font-size: .85rem;
          color: var(--quiet); max-width: 100%; }
        .switch { font-weight: 600; color: var(--good); border-color: currentColor; }
        .switch[aria-checked="false"] { color: var(--bad); }
        details { margin-top: .6rem; } summary { cursor: pointer; font-size: .85rem; }
        details form { display: grid; gap: .5rem; margin-top: .5rem; }
        details label { justify-content: space-between; }
        ul { margin: .75rem 0 0; padding: 0; list-style: none; }
        li { padding: .35rem 0; border-top: 1px solid var(--line); }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .88rem; }
        th, td { padding: .35rem .6rem .35rem 0; text-align: left; white-space: nowrap;
          border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
        .n { text-align: right; } .mono { font-family: ui-monospace, monospace; }
        #message { position: sticky; top: .5rem; z-index: 1; margin-top: .75rem;
          padding: .6rem .9rem; background: var(--box); border: 1px solid currentColor;
          border-radius: .5rem; }
        @media (max-width: 34rem) { body { padding: .6rem; } section { padding: .75rem; }
          #fault label, #fault select, #fault button { width: 100%; }
          #fault label { justify-content: space-between; } #fault select { width: auto; } }
        """#
}
