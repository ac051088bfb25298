/** The last points of a figure over time, for a plot. A hole in time is kept as a point without a value. */
export class Series {
  private readonly times: number[] = [];
  private readonly values: (number | null)[] = [];

  constructor(
    private readonly capacity: number,
    /** Seconds between two points from which on there is a hole between them. */
    private readonly holeAfter = 3,
  ) {}

  push(time: number, value: number): void {
    const last = this.times[this.times.length - 1];
    if (last !== undefined && time <= last) return;
    if (last !== undefined && time - last > this.holeAfter) this.append(last + 1, null);
    this.append(time, value);
  }

  private append(time: number, value: number | null): void {
    if (this.times.length === this.capacity) {
      this.times.shift();
      this.values.shift();
    }
    this.times.push(time);
    this.values.push(value);
  }

  get length(): number {
    return this.times.length;
  }

  /** Times and values, oldest first. Valid until the next push. */
  data(): [number[], (number | null)[]] {
    return [this.times, this.values];
  }
}
