import { render } from 'preact';
import { App } from './app';
import { Dashboard, DashboardContext } from './state/dashboard';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './cards/cards.css';
import './dialogs/dialogs.css';

const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
const dashboard = new Dashboard(`${scheme}://${location.host}/admin-ws`);
void dashboard.start();

render(
  <DashboardContext.Provider value={dashboard}>
    <App />
  </DashboardContext.Provider>,
  document.getElementById('app')!,
);
