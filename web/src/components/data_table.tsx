import type { ComponentChildren } from 'preact';

export interface Column<T> {
  head: string;
  /** Figures are set flush right. */
  figure?: boolean;
  /** May be long: is cut, so `title` should have it whole. */
  name?: boolean;
  /** Left out where there is little room. */
  minor?: boolean;
  cell(row: T): ComponentChildren;
  title?(row: T): string;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey(row: T, index: number): string | number;
}

function classOf<T>({ figure, name, minor }: Column<T>): string | undefined {
  const names = [figure && 'figure-cell', name && 'name-cell', minor && 'minor-cell'];
  return names.filter(Boolean).join(' ') || undefined;
}

/** A table that scrolls by itself where there is no room; the first column names the row. */
export function DataTable<T>({ label, columns, rows, rowKey }: Props<T>) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.head} scope="col" class={classOf(c)}>
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={rowKey(row, i)}>
              {columns.map((c) => (
                <td key={c.head} class={classOf(c)} title={c.title?.(row)}>
                  {c.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
