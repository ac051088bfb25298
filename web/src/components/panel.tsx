import type { ComponentChildren } from 'preact';

interface Props {
  id: string;
  title: string;
  /** Beside the title: a count or a short state. */
  note?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** What a link to a part of the page names. */
export const panelAnchor = (id: string) => `panel-${id}`;

export function Panel({ id, title, note, actions, children }: Props) {
  return (
    <section
      id={panelAnchor(id)}
      class={`panel panel-${id}`}
      aria-labelledby={`${id}-title`}
      tabIndex={-1}
    >
      <header class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note != null && <span class="panel-note">{note}</span>}
        {actions && <div class="panel-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
