/** Three feeds that become one. */
export function Brand() {
  return (
    <span class="brand">
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <path class="brand-a" d="M4 8h6c5 0 5 8 10 8" />
        <path class="brand-b" d="M4 16h24" />
        <path class="brand-c" d="M4 24h6c5 0 5-8 10-8" />
      </svg>
      feedmux
    </span>
  );
}
