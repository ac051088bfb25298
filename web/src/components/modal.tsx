import type { ComponentChildren } from 'preact';
import { Icon } from './icon';
import { useModalDialog } from './use_modal_dialog';

interface Props {
  title: string;
  class?: string;
  onClose(): void;
  children: ComponentChildren;
}

/** The browser's own modal dialog: it keeps the focus inside and closes with Escape. */
export function Modal({ title, class: name, onClose, children }: Props) {
  const dialog = useModalDialog();
  return (
    <dialog
      ref={dialog}
      class={`modal ${name ?? ''}`}
      aria-labelledby="modal-title"
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onMouseDown={(e) => e.target === dialog.current && onClose()}
    >
      <div class="modal-body">
        <header class="modal-head">
          <h2 id="modal-title">{title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
