import { type FormEvent, useState } from 'react';
import { useWords } from './language';
import { Modal, ModalAnswers } from './modal';

const shortestReason = 5;

/** Asks why, before a number is shown. */
export function UnmaskDialog(props: {
  readonly onClose: () => void;
  readonly onUnmask: (reason: string) => Promise<void>;
}) {
  const words = useWords();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length >= shortestReason) void props.onUnmask(reason.trim());
  };
  return (
    <Modal title={words.unmask.title} onClose={props.onClose}>
      <form onSubmit={submit}>
        <p>{words.unmask.lead}</p>
        <div className="field">
          <label htmlFor="unmask-reason">{words.unmask.reason}</label>
          <input
            id="unmask-reason"
            value={reason}
            minLength={shortestReason}
            maxLength={300}
            required
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <ModalAnswers submit={words.unmask.submit} onClose={props.onClose} />
      </form>
    </Modal>
  );
}
