/** The last `capacity` items. Pushing to a full ring drops the oldest. */
export class Ring<T> {
  private items: T[] = [];
  private start = 0;
  /** How many have ever been pushed. */
  pushed = 0;
  /** How often items were taken out. */
  cuts = 0;

  constructor(readonly capacity: number) {}

  get length(): number {
    return this.items.length;
  }

  /** Returns whether an older item had to go. */
  push(item: T): boolean {
    this.pushed += 1;
    if (this.items.length < this.capacity) {
      this.items.push(item);
      return false;
    }
    this.items[this.start] = item;
    this.start = (this.start + 1) % this.capacity;
    return true;
  }

  /** `age` 0 is the newest. */
  newest(age: number): T | undefined {
    const length = this.items.length;
    if (age < 0 || age >= length) return undefined;
    return this.items[(this.start + length - 1 - age) % length];
  }

  /** Oldest first. */
  toArray(): T[] {
    return [...this.items.slice(this.start), ...this.items.slice(0, this.start)];
  }

  retain(keep: (item: T) => boolean): void {
    this.items = this.toArray().filter(keep);
    this.start = 0;
    this.cuts += 1;
  }

  clear(): void {
    this.items = [];
    this.start = 0;
    this.cuts += 1;
  }
}
