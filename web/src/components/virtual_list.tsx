import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visibleRows } from '../logic/visible_rows';

interface Props {
  label: string;
  rowCount: number;
  /** Pixels; every row is that high. */
  rowHeight: number;
  row(index: number): ComponentChildren;
  /** Told when somebody scrolls away from the first row, or back to it. */
  onAway?(isAway: boolean): void;
  /** For scrolling it from outside. */
  scroller?: RefObject<HTMLDivElement>;
  /** Stays on top, above the rows. */
  head?: ComponentChildren;
  class?: string;
}

/** A scrolling list that draws only the rows in sight. `row` draws elements with role="listitem". */
export function VirtualList({
  label,
  rowCount,
  rowHeight,
  row,
  onAway,
  scroller: given,
  head,
  class: name,
}: Props) {
  const own = useRef<HTMLDivElement>(null);
  const scroller = given ?? own;
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(0);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = () => setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const { first, end } = visibleRows(scrollTop, height, rowHeight, rowCount);
  const rows = [];
  for (let i = first; i < end; i++) rows.push(row(i));
  return (
    <div
      ref={scroller}
      class={`virtual-list ${name ?? ''}`}
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={(e) => {
        const top = e.currentTarget.scrollTop;
        setScrollTop(top);
        onAway?.(top >= rowHeight);
      }}
    >
      {head}
      <div
        class="virtual-space"
        role="presentation"
        style={{ height: `${rowCount * rowHeight}px` }}
      >
        <div
          class="virtual-rows"
          role="list"
          style={{ transform: `translateY(${first * rowHeight}px)` }}
        >
          {rows}
        </div>
      </div>
    </div>
  );
}
