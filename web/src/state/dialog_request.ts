/** The dialog that is open; one at a time. */
export type DialogRequest =
  | { kind: 'tickers'; connectionId: string }
  | { kind: 'symbol'; symbol: string }
  /** `source`: whose connection has them. `adds` false: takes them off. */
  | { kind: 'subscribe'; symbols?: string; source?: string; adds?: boolean }
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
