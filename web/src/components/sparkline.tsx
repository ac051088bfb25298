import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { clock, rate } from '../logic/format';
import { kHistorySeconds } from '../state/histories';
import type { Series } from '../state/series';

const kLeastSeconds = 30;

interface Props {
  series: Series;
  /** The right edge, seconds; the plot is drawn anew when it changes. */
  now: number;
  label: string;
  height: number;
}

/** A figure's last minutes in its card's --accent colour. Pointing at it tells the value of that moment. */
export function Sparkline({ series, now, label, height }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const edge = useRef(now);
  const [pointed, setPointed] = useState('');
  edge.current = now;

  useEffect(() => {
    const element = place.current!;
    const draw = () => {
      plot.current?.destroy();
      plot.current = makePlot(element, height, () => edge.current, series, setPointed);
    };
    draw();
    const observer = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height }),
    );
    observer.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      observer.disconnect();
      plot.current?.destroy();
    };
  }, [series, height]);

  useEffect(() => plot.current?.setData(series.data() as uPlot.AlignedData), [now, series]);

  return (
    <div class="sparkline">
      <div ref={place} role="img" aria-label={`${label}, the last minutes`} />
      <span class="sparkline-pointed" aria-hidden="true">
        {pointed}
      </span>
    </div>
  );
}

/** A young history fills the width too. */
function leftEdge(series: Series, now: number): number {
  const first = series.data()[0][0] ?? now;
  return Math.max(now - kHistorySeconds, Math.min(now - kLeastSeconds, first));
}

function makePlot(
  element: HTMLElement,
  height: number,
  edge: () => number,
  series: Series,
  onPoint: (text: string) => void,
): uPlot {
  // A canvas knows no CSS variables.
  const accent = getComputedStyle(element).getPropertyValue('--accent').trim() || '#888';
  const options: uPlot.Options = {
    width: element.clientWidth,
    height,
    padding: [3, 0, 1, 0],
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 5 } },
    scales: {
      x: { range: () => [leftEdge(series, edge()), edge()] },
      y: { range: (_u, _min, max) => [0, Math.max(1, (max ?? 0) * 1.1)] },
    },
    series: [{}, { stroke: accent, width: 1.4, fill: `${accent}26`, points: { show: false } }],
    hooks: {
      setCursor: [
        (u) => {
          const index = u.cursor.idx;
          const time = index == null ? undefined : u.data[0][index];
          const value = index == null ? undefined : u.data[1]?.[index];
          onPoint(time == null || value == null ? '' : `${clock(time, time)}  ${rate(value)}/s`);
        },
      ],
    },
  };
  return new uPlot(options, series.data() as uPlot.AlignedData, element);
}
