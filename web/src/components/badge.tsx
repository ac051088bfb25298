import type { Tone } from '../logic/connection_state';
import { Icon } from './icon';

/** A state as colour, icon and word. */
export function Badge({ tone, word }: { tone: Tone; word: string }) {
  return (
    <span class={`badge tone-${tone}`}>
      <Icon name={tone} size={13} />
      {word}
    </span>
  );
}
