import type { Tone } from '../logic/connection_state';

/** How full something is: from half on yellow, near the end red. The figure stands beside it. */
export function Meter({
  value,
  capacity,
  label,
}: {
  value: number;
  capacity: number;
  label: string;
}) {
  const share = capacity > 0 ? Math.min(1, value / capacity) : 0;
  const tone: Tone = share >= 0.9 ? 'error' : share >= 0.5 ? 'warning' : 'ok';
  return (
    <span
      class={`meter tone-${tone}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={capacity}
      aria-valuenow={value}
    >
      <span class="meter-fill" style={{ width: `${share * 100}%` }} />
    </span>
  );
}
