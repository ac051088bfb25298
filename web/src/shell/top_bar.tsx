import { useRef } from 'preact/hooks';
import { Brand } from '../components/brand';
import { Icon } from '../components/icon';
import { duration, utc } from '../logic/format';
import { parseSymbols } from '../logic/symbols';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { useShortcut } from './use_shortcut';

export function TopBar() {
  const dashboard = useDashboard();
  const access = useStore(dashboard.model, (m) => m.access);
  return (
    <header class="top-bar">
      <Brand />
      <EngineNote />
      <LinkPill />
      <SymbolFinder />
      {access.kind === 'in' && (
        <div class="who">
          <span title={access.session.user}>
            {access.session.user} <span class="muted">{access.session.role}</span>
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label="Log out"
            title="Log out"
            onClick={() => dashboard.logout().catch((e) => dashboard.failed(e))}
          >
            <Icon name="logout" />
          </button>
        </div>
      )}
    </header>
  );
}

function EngineNote() {
  const { model } = useDashboard();
  const engine = useStore(model, (m) => m.engine);
  const up = useStore(model, (m) => (m.engine ? duration(m.now - m.engine.started, true) : ''));
  if (!engine) return null;
  return (
    <span class="engine-note muted" title={`Started ${utc(engine.started)}`}>
      {engine.version} <span class="dot">·</span> up {up}
    </span>
  );
}

function LinkPill() {
  const { model } = useDashboard();
  const phase = useStore(model, (m) => m.link.phase);
  const [tone, word] = (
    {
      live: ['ok', 'Live'],
      connecting: ['warning', 'Connecting'],
      lost: ['error', 'Not live'],
    } as const
  )[phase];
  return (
    <span class={`link-pill tone-${tone}`}>
      <span class="link-light" aria-hidden="true" />
      {word}
    </span>
  );
}

function SymbolFinder() {
  const dashboard = useDashboard();
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.focus());
  return (
    <form
      class="finder"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const symbol = parseSymbols(input.current!.value)[0];
        if (symbol) dashboard.open({ kind: 'symbol', symbol });
      }}
    >
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="search"
        aria-label="Find a symbol"
        placeholder="Find a symbol"
        title="Which connection has it, its last tick, why it may be quiet (shortcut: /)"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={32}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
