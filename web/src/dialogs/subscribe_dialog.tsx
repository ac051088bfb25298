import { useState } from 'preact/hooks';
import { Modal } from '../components/modal';
import { plural } from '../logic/format';
import { parseSymbols } from '../logic/symbols';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

interface Subscribed {
  added?: string[] | number;
  already?: string[] | number;
  no_room?: string[] | number;
}
interface Unsubscribed {
  removed?: string[] | number;
  not_found?: string[] | number;
}

/** Adds tickers to the connections or takes them off; asks before it does. */
export function SubscribeDialog({ symbols }: { symbols: string }) {
  const dashboard = useDashboard();
  const connections = useStore(dashboard.model, (m) => m.connections);
  const [adds, setAdds] = useState(true);
  const [text, setText] = useState(symbols);
  const [source, setSource] = useState('');
  const tickers = parseSymbols(text);
  const sources = [...new Set(connections.map((c) => c.source))];

  const confirm = (event: Event) => {
    event.preventDefault();
    const body = source ? { tickers, source } : { tickers };
    const where = source ? ` of ${source}` : '';
    dashboard.open({
      kind: 'confirm',
      title: `${adds ? 'Subscribe to' : 'Unsubscribe from'} ${plural(tickers.length, 'ticker')}${where}?`,
      text: listed(tickers),
      verb: adds ? 'Subscribe' : 'Unsubscribe',
      danger: !adds,
      onConfirm: () =>
        adds
          ? void dashboard.act<Subscribed>('/api/admin/subscribe', body, (a) =>
              report([
                [a.added, 'added'],
                [a.already, 'already there'],
                [a.no_room, 'without room'],
              ]),
            )
          : void dashboard.act<Unsubscribed>('/api/admin/unsubscribe', body, (a) =>
              report([
                [a.removed, 'removed'],
                [a.not_found, 'not found'],
              ]),
            ),
    });
  };

  return (
    <Modal title="Add or remove tickers" class="modal-small" onClose={dashboard.closeDialog}>
      <form class="stack" onSubmit={confirm}>
        <fieldset class="choices">
          <legend class="only-spoken">What to do</legend>
          <label class="choice">
            <input type="radio" name="what" checked={adds} onChange={() => setAdds(true)} />
            Subscribe
          </label>
          <label class="choice">
            <input type="radio" name="what" checked={!adds} onChange={() => setAdds(false)} />
            Unsubscribe
          </label>
        </fieldset>
        <label>
          Tickers, separated by blanks or commas
          <textarea
            rows={4}
            value={text}
            spellcheck={false}
            autocapitalize="characters"
            required
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label>
          Source
          <select value={source} onChange={(event) => setSource(event.currentTarget.value)}>
            <option value="">{adds ? 'Any with room' : 'All'}</option>
            {sources.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <div class="modal-buttons">
          <button type="button" onClick={dashboard.closeDialog}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={tickers.length === 0}>
            {adds ? 'Subscribe' : 'Unsubscribe'}
            {tickers.length > 0 && ` ${plural(tickers.length, 'ticker')}`}…
          </button>
        </div>
      </form>
    </Modal>
  );
}

function listed(tickers: string[]): string {
  const shown = tickers.slice(0, 30).join(', ');
  return tickers.length > 30 ? `${shown} and ${plural(tickers.length - 30, 'other')}` : shown;
}

function report(parts: [tickers: string[] | number | undefined, what: string][]): string {
  return parts
    .map(
      ([tickers, what]) =>
        [typeof tickers === 'number' ? tickers : (tickers?.length ?? 0), what] as const,
    )
    .filter(([n], i) => n > 0 || i === 0)
    .map(([n, what]) => `${n} ${what}`)
    .join(', ')
    .concat('.');
}
