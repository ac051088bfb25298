import { useEffect, useRef } from 'preact/hooks';

/** For a <dialog> that is the browser's own modal one from the first to the last. */
export function useModalDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return dialog;
}
