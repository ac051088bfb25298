import { useEffect, useRef } from 'preact/hooks';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { ConfirmDialog } from './confirm_dialog';
import { RebalanceDialog } from './rebalance_dialog';
import { SubscribeDialog } from './subscribe_dialog';
import { SymbolDialog } from './symbol_dialog';
import { TickerDialog } from './ticker_dialog';

/** The dialog that is open, if one is. One may lead to another; after the last, the focus returns to
 *  where it was before the first. */
export function OpenDialog() {
  const request = useStore(useDashboard().dialog, (d) => d);
  const opener = useRef<Element | null>(null);
  if (request) opener.current ??= document.activeElement;
  useEffect(() => {
    if (request) return;
    (opener.current as HTMLElement | null)?.focus();
    opener.current = null;
  }, [request]);
  switch (request?.kind) {
    case 'confirm':
      return <ConfirmDialog key={request.title} request={request} />;
    case 'tickers':
      return <TickerDialog key={request.connectionId} connectionId={request.connectionId} />;
    case 'symbol':
      return <SymbolDialog key={request.symbol} symbol={request.symbol} />;
    case 'subscribe':
      return <SubscribeDialog request={request} />;
    case 'rebalance':
      return <RebalanceDialog />;
    default:
      return null;
  }
}
