const kPeriodMs = 3_000;

/** Looks every few seconds whether the browser has a session by now, and at once when somebody comes
 *  back to the page: another tab may have logged in. Not while nobody looks at the page. */
export class SessionWatch {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly look: () => void) {}

  start(): void {
    this.stop();
    this.timer = setInterval(this.lookIfSeen, kPeriodMs);
    document.addEventListener('visibilitychange', this.lookIfSeen);
    window.addEventListener('focus', this.lookIfSeen);
  }

  stop(): void {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.lookIfSeen);
    window.removeEventListener('focus', this.lookIfSeen);
  }

  private lookIfSeen = () => {
    if (!document.hidden) this.look();
  };
}
