import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './icons';
import { useWords } from './language';

/** A question in front of everything. Escape closes it; the keyboard goes back to where it was. */
export function Modal(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const from = document.activeElement;
    const shown = dialog.current;
    if (shown?.open === false) shown.showModal();
    return () => {
      shown?.close();
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, []);
  return (
    <dialog className="modal" ref={dialog} aria-labelledby={titleId} onCancel={props.onClose}>
      <header>
        <h2 id={titleId}>{props.title}</h2>
        <button type="button" className="quiet" onClick={props.onClose} aria-label={words.close}>
          <Icon name="close" />
        </button>
      </header>
      {props.children}
    </dialog>
  );
}

/** The two buttons at the end of a question. */
export function ModalAnswers(props: {
  readonly submit: string;
  readonly onClose: () => void;
  readonly busy?: boolean;
}) {
  const words = useWords();
  return (
    <div className="modal-answers">
      <button type="button" className="secondary" onClick={props.onClose}>
        {words.cancel}
      </button>
      <button type="submit" className="primary" disabled={props.busy}>
        {props.submit}
      </button>
    </div>
  );
}
