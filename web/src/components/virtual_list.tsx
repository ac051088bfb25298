import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visibleRows } from '../logic/visible_rows';

interface Props {
  label: string;
  rowCount: number;
  /** Pixels; every row is that high. */
  rowHeight: number;
  row(index: number): ComponentChildren;
  /** Grows by one for every row that is put on top: who has scrolled down keeps what he looks at. */
  pushed?: number;
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
  pushed = 0,
  head,
  class: name,
}: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(0);
  const before = useRef(pushed);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = () => setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const added = pushed - before.current;
    before.current = pushed;
    // Reading the element's own scrollTop makes the browser lay out at once: only where it must be.
    if (added > 0 && scrollTop >= rowHeight) scroller.current!.scrollTop += added * rowHeight;
  }, [pushed, rowHeight]);

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
      onScroll={(e) => setScrollTop(e.currentTarget.scrollTop)}
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
