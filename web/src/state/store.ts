import { useEffect, useReducer, useRef } from 'preact/hooks';

/** One value that changes by replacement; who listens is told at most once a frame. */
export class Store<T> {
  private listeners = new Set<() => void>();
  private scheduled = false;

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  update(change: (value: T) => T): void {
    const next = change(this.value);
    if (next === this.value) return;
    this.value = next;
    this.notify();
  }

  /** In a hidden page no frame comes: nothing is drawn until somebody looks. */
  notify(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      for (const listener of [...this.listeners]) listener();
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Draws the component again when what `select` returns is another value (===). */
export function useStore<T, U>(store: Store<T>, select: (value: T) => U): U {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const selected = select(store.get());
  const shown = useRef(selected);
  const selector = useRef(select);
  shown.current = selected;
  selector.current = select;
  useEffect(() => {
    const check = () => {
      if (selector.current(store.get()) !== shown.current) redraw(undefined);
    };
    check();
    return store.subscribe(check);
  }, [store]);
  return selected;
}
