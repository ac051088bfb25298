import { Modal } from '../components/modal';
import { useDashboard } from '../state/dashboard';
import type { DialogRequest } from '../state/dialog_request';

export function ConfirmDialog({ request }: { request: DialogRequest & { kind: 'confirm' } }) {
  const { closeDialog } = useDashboard();
  return (
    <Modal title={request.title} class="modal-small" onClose={closeDialog}>
      <p>{request.text}</p>
      <div class="modal-buttons">
        <button type="button" onClick={closeDialog}>
          Cancel
        </button>
        <button
          type="button"
          class={request.danger ? 'danger' : 'primary'}
          onClick={() => {
            closeDialog();
            request.onConfirm();
          }}
        >
          {request.verb}
        </button>
      </div>
    </Modal>
  );
}
