export interface RowRange {
  first: number;
  /** One past the last. */
  end: number;
}

/** Rows to draw of a list of equally high rows, with a few more on either side against flicker. */
export function visibleRows(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  rowCount: number,
  spare = 4,
): RowRange {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - spare;
  const end = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight) + spare;
  const last = Math.min(rowCount, end);
  return { first: Math.min(Math.max(0, first), last), end: last };
}
