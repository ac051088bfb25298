import { useEffect, useReducer, useRef } from 'preact/hooks';

/** A page in the background has no frames; its title still says how all is. */
const kWithoutFrameMs = 200;

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

  notify(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    const tell = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      this.scheduled = false;
      for (const listener of [...this.listeners]) listener();
    };
    const frame = requestAnimationFrame(tell);
    const timer = setTimeout(tell, kWithoutFrameMs);
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
