/** The dialog that is open; one at a time. */
export type DialogRequest =
  | { kind: 'tickers'; connectionId: string }
  | { kind: 'symbol'; symbol: string }
  | { kind: 'subscribe'; symbols?: string }
  | { kind: 'rebalance' }
  | {
      kind: 'confirm';
      title: string;
      text: string;
      /** What the button says. */
      verb: string;
      danger?: boolean;
      onConfirm(): void;
    };
