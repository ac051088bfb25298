const kPaths = {
  ok: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Zm-2.7 6.4 2 2 3.6-4',
  warning: 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2',
  error: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4ZM6 6l4 4M10 6l-4 4',
  off: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM5 8h6',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.4 3.4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2 12.4 8 5 12.8Z',
  clear: 'M3 4.5h10M6.5 4.3V2.8h3v1.5M4.3 4.5l.6 8.7h6.2l.6-8.7',
  filter: 'M2.4 3.4h11.2L9.4 8.4v4.4l-2.8-1.4v-3Z',
  refresh: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 2.4v2.8h-2.8',
  close: 'M4 4l8 8M12 4l-8 8',
  right: 'M6 3.5 10.5 8 6 12.5',
  up: 'M8 13V3.5M4 7.5 8 3.5l4 4',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  balance: 'M3 5.5h8.6M9.4 3.2l2.4 2.3-2.4 2.3M13 10.5H4.4M6.6 8.2l-2.4 2.3 2.4 2.3',
  plus: 'M8 3v10M3 8h10',
  logout: 'M9.5 2.8H3.2v10.4h6.3M6.8 8h6.6M10.8 5.2 13.6 8l-2.8 2.8',
} as const;

export type IconName = keyof typeof kPaths;

/** Never alone: a word beside it, or the label of its button, says the same. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={kPaths[name]} />
    </svg>
  );
}
