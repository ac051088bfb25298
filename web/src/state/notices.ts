import { Store } from './store';

export interface Notice {
  id: number;
  tone: 'ok' | 'error';
  text: string;
}

const kShownMs = 6_000;
const kMost = 4;

/** Short messages on how an action went. Errors stay until they are dismissed. */
export class Notices {
  readonly list = new Store<Notice[]>([]);
  private nextId = 1;

  say(tone: Notice['tone'], text: string): void {
    const notice = { id: this.nextId++, tone, text };
    this.list.update((all) => [...all.filter((n) => n.text !== text), notice].slice(-kMost));
    if (tone === 'ok') setTimeout(() => this.dismiss(notice.id), kShownMs);
  }

  dismiss(id: number): void {
    this.list.update((all) => all.filter((n) => n.id !== id));
  }
}
