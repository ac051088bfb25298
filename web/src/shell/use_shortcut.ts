import { useEffect, useRef } from 'preact/hooks';

/** Where a letter is text, or chooses from a list. A checkbox takes none. */
const kTakesLetters = 'textarea, select, input:not([type=checkbox], [type=radio], [type=button])';

/** A key of its own, where nobody types and no dialog is open. */
export function useShortcut(key: string, action: () => void): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).matches(kTakesLetters);
      if (event.key !== key || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key]);
}
