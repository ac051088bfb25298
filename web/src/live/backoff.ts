/** Waits between attempts: doubling from `firstMs` to `lastMs`, each somewhere in its upper half so
 *  that many pages do not come back at the same moment. */
export class Backoff {
  attempts = 0;

  constructor(
    private readonly firstMs = 500,
    private readonly lastMs = 10_000,
    private readonly random: () => number = Math.random,
  ) {}

  nextMs(): number {
    const ceiling = Math.min(this.lastMs, this.firstMs * 2 ** this.attempts);
    this.attempts += 1;
    return ceiling * (0.5 + 0.5 * this.random());
  }

  reset(): void {
    this.attempts = 0;
  }
}
