import { clock, utc } from '../logic/format';

/** A moment in the viewer's own time; the tooltip has it in UTC. */
export function Moment({ at, now }: { at: number; now?: number }) {
  if (at === 0) return <>–</>;
  return (
    <time dateTime={utc(at)} title={utc(at)}>
      {clock(at, now)}
    </time>
  );
}
