import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { Dashboard, DashboardContext } from '../src/state/dashboard';
import type { Model } from '../src/state/model';

/** Draws what is given in a document of its own, below a dashboard that knows `model`. */
export function mount(child: ComponentChild, model?: Model) {
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  const dashboard = new Dashboard('ws://engine/admin-ws');
  if (model) dashboard.model.update(() => model);
  const draw = (next: ComponentChild) =>
    act(() =>
      render(
        <DashboardContext.Provider value={dashboard}>{next}</DashboardContext.Provider>,
        place,
      ),
    );
  void draw(child);
  return { place, dashboard, draw };
}

/** jsdom lays nothing out: every element is that high and has nothing to observe. */
export function layOut(height: number): void {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    value: height,
  });
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}
