import { useState } from 'react';
import { useWords } from './language';
import { Modal, ModalAnswers } from './modal';

/** Gives the conversation back to the bot, with a line that the customer reads. */
export function GiveBackDialog(props: {
  readonly onClose: () => void;
  readonly onGiveBack: (summary: string) => Promise<void>;
}) {
  const words = useWords();
  const [summary, setSummary] = useState('');
  return (
    <Modal title={words.giveBack.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void props.onGiveBack(summary.trim());
        }}
      >
        <p>{words.giveBack.lead}</p>
        <div className="field">
          <label htmlFor="summary">{words.giveBack.summary}</label>
          <textarea
            id="summary"
            rows={3}
            maxLength={1_000}
            value={summary}
            placeholder={words.giveBack.placeholder}
            onChange={(event) => setSummary(event.target.value)}
          />
        </div>
        <ModalAnswers submit={words.giveBack.submit} onClose={props.onClose} />
      </form>
    </Modal>
  );
}

/** Ends the conversation. */
export function ResolveDialog(props: {
  readonly onClose: () => void;
  readonly onResolve: () => Promise<void>;
}) {
  const words = useWords();
  return (
    <Modal title={words.resolve.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void props.onResolve();
        }}
      >
        <p>{words.resolve.lead}</p>
        <ModalAnswers submit={words.resolve.submit} onClose={props.onClose} />
      </form>
    </Modal>
  );
}
