/** Less than the shortest idle time that a session may have. */
const kPeriodMs = 5_000;
const kSigns = ['pointerdown', 'keydown', 'wheel'] as const;

/** Tells, at most every few seconds, that somebody uses the page: much of what he does, such as choosing
 *  ticks or reading on, asks the API for nothing, and would not keep his session alive. */
export class Activity {
  private toldAt = -Infinity;

  constructor(private readonly tell: () => void) {}

  start(): void {
    for (const sign of kSigns) {
      document.addEventListener(sign, this.notice, { capture: true, passive: true });
    }
  }

  stop(): void {
    for (const sign of kSigns) document.removeEventListener(sign, this.notice, { capture: true });
  }

  private notice = () => {
    const now = Date.now();
    if (now - this.toldAt < kPeriodMs) return;
    this.toldAt = now;
    this.tell();
  };
}
