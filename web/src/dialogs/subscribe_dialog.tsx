import { useState } from 'preact/hooks';
import type { Connection } from '../api/types';
import { Modal } from '../components/modal';
import { plural } from '../logic/format';
import { parseSymbols } from '../logic/symbols';
import { useDashboard } from '../state/dashboard';
import type { DialogRequest } from '../state/dialog_request';
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

/** Adds tickers to a source's connections or takes them off; asks before it does. */
export function SubscribeDialog({ request }: { request: DialogRequest & { kind: 'subscribe' } }) {
  const dashboard = useDashboard();
  const connections = useStore(dashboard.model, (m) => m.connections);
  const [adds, setAdds] = useState(request.adds ?? true);
  const [text, setText] = useState(request.symbols ?? '');
  const [chosen, setChosen] = useState(request.source ?? '');
  const tickers = parseSymbols(text);
  const sources = sourcesThatRun(connections);
  // The engine takes one without a name only where a single one runs.
  const source = sources.length === 1 ? sources[0]! : sources.includes(chosen) ? chosen : '';

  const confirm = (event: Event) => {
    event.preventDefault();
    const body = { tickers, source };
    const where = sources.length > 1 ? ` ${adds ? 'at' : 'of'} ${source}` : '';
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
        {sources.length > 1 && (
          <label>
            Source
            <select
              value={source}
              required
              onChange={(event) => setChosen(event.currentTarget.value)}
            >
              <option value="" disabled>
                Choose one
              </option>
              {sources.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {sources.length === 0 && (
          <p class="tone-warning toned">No source runs: no connection is enabled.</p>
        )}
        <div class="modal-buttons">
          <button type="button" onClick={dashboard.closeDialog}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={tickers.length === 0 || sources.length === 0}>
            {adds ? 'Subscribe' : 'Unsubscribe'}
            {tickers.length > 0 && ` ${plural(tickers.length, 'ticker')}`}…
          </button>
        </div>
      </form>
    </Modal>
  );
}

function sourcesThatRun(connections: Connection[]): string[] {
  return [...new Set(connections.filter((c) => c.enabled).map((c) => c.source))];
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
