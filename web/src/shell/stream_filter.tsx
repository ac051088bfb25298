import { useEffect, useRef, useState } from 'preact/hooks';
import { kTickKinds } from '../api/types';
import { parseSymbols, whyTooMuch } from '../logic/symbols';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

/** Chooses whose ticks are shown. Nothing chosen in a group means all of it. */
export function StreamFilter() {
  const dashboard = useDashboard();
  const view = useStore(dashboard.view, (v) => v);
  const connections = useStore(dashboard.model, (m) => m.connections);
  const chosen = view.symbols.join(' ');
  const [symbols, setSymbols] = useState(chosen);
  // They may be chosen elsewhere, or refused: then the field follows.
  const own = useRef(chosen);
  useEffect(() => {
    if (chosen !== own.current) setSymbols(chosen);
    own.current = chosen;
  }, [chosen]);
  const tooMuch = whyTooMuch(parseSymbols(symbols));
  const field = useRef<HTMLInputElement>(null);
  const showSymbols = () => {
    // From the field itself: what was typed last may not have been drawn yet.
    const typed = parseSymbols(field.current!.value);
    if (whyTooMuch(typed) || typed.join(' ') === chosen) return;
    own.current = typed.join(' ');
    dashboard.setFilter({ ...view, symbols: typed });
  };
  return (
    <form
      id="stream-filter"
      class="stream-filter"
      aria-label="Filter of the ticks"
      onSubmit={(event) => {
        event.preventDefault();
        showSymbols();
      }}
    >
      <label class="filter-symbols">
        <span>Symbols</span>
        <input
          ref={field}
          value={symbols}
          placeholder="All; or AAPL NVDA …"
          aria-invalid={tooMuch !== ''}
          aria-describedby="filter-too-much"
          spellcheck={false}
          autocapitalize="characters"
          onInput={(event) => setSymbols(event.currentTarget.value)}
          onBlur={showSymbols}
        />
        <span id="filter-too-much" class="filter-too-much tone-error toned" role="status">
          {tooMuch && `${tooMuch} The filter stays as it was.`}
        </span>
      </label>
      <Choices
        name="Kinds"
        options={kTickKinds.map((k) => [k, k])}
        chosen={view.kinds}
        onChange={(kinds) => dashboard.setFilter({ ...view, kinds })}
      />
      <Choices
        name="Connections"
        options={connections.map((c) => [c.connection_id, c.name])}
        chosen={view.connections}
        onChange={(ids) => dashboard.setFilter({ ...view, connections: ids })}
      />
      <button
        type="button"
        onClick={() => {
          setSymbols('');
          dashboard.setFilter({ connections: [], symbols: [], kinds: [] });
        }}
      >
        Show all
      </button>
    </form>
  );
}

interface ChoicesProps<T extends string> {
  name: string;
  options: [value: T, label: string][];
  chosen: T[];
  onChange(chosen: T[]): void;
}

function Choices<T extends string>({ name, options, chosen, onChange }: ChoicesProps<T>) {
  const toggle = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter((c) => c !== value) : [...chosen, value]);
  return (
    <fieldset class="choices">
      <legend>{name}</legend>
      {options.map(([value, label]) => (
        <label key={value} class="choice">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
