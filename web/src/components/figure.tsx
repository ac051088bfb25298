import type { ComponentChildren } from 'preact';
import type { Tone } from '../logic/connection_state';

interface Props {
  label: string;
  children: ComponentChildren;
  /** Exact or longer form, as a tooltip. */
  title?: string;
  tone?: Tone;
}

/** A named figure; goes into a <dl class="figures">. */
export function Figure({ label, children, title, tone }: Props) {
  return (
    <div class="figure" title={title}>
      <dt>{label}</dt>
      <dd class={tone && `tone-${tone} toned`}>{children}</dd>
    </div>
  );
}
