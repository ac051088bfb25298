/** The value that so large a part of the sorted values does not exceed. */
export const share = (sorted, part) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** Columns as wide as they must be, aligned to the right but the first. */
export function table(title, head, rows) {
  const lines = [head, ...rows].map((cells) => cells.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const pad = (cell, column) =>
    column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]);
  return [title, ...lines.map((cells) => `  ${cells.map(pad).join('   ')}`)].join('\n');
}
