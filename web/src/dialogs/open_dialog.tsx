import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { ConfirmDialog } from './confirm_dialog';
import { RebalanceDialog } from './rebalance_dialog';
import { SubscribeDialog } from './subscribe_dialog';
import { SymbolDialog } from './symbol_dialog';
import { TickerDialog } from './ticker_dialog';

export function OpenDialog() {
  const request = useStore(useDashboard().dialog, (d) => d);
  switch (request?.kind) {
    case 'confirm':
      return <ConfirmDialog key={request.title} request={request} />;
    case 'tickers':
      return <TickerDialog key={request.connectionId} connectionId={request.connectionId} />;
    case 'symbol':
      return <SymbolDialog key={request.symbol} symbol={request.symbol} />;
    case 'subscribe':
      return <SubscribeDialog symbols={request.symbols ?? ''} />;
    case 'rebalance':
      return <RebalanceDialog />;
    default:
      return null;
  }
}
