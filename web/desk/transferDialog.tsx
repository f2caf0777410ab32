import { type FormEvent, useEffect, useState } from 'react';
import type { AgentsAnswer, TransferRequest } from '../../services/desk/deskApi';
import { type DeskClient, Refused } from './deskClient';
import { useWords, wordFor } from './language';
import { Modal, ModalAnswers } from './modal';

/** To one agent, or back into a queue. */
export function TransferDialog(props: {
  readonly client: DeskClient;
  readonly me: string;
  readonly onClose: () => void;
  readonly onTransfer: (to: TransferRequest['to']) => Promise<void>;
}) {
  const words = useWords();
  const { client } = props;
  const [found, setFound] = useState<AgentsAnswer>();
  const [refused, setRefused] = useState<Refused>();
  const [chosen, setChosen] = useState<TransferRequest['to']>();
  useEffect(() => {
    client.agents().then(setFound, (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    });
  }, [client]);
  const agents = (found?.agents ?? []).filter(({ name }) => name !== props.me);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== undefined) void props.onTransfer(chosen);
  };
  return (
    <Modal title={words.transfer.title} onClose={props.onClose}>
      <form onSubmit={submit}>
        <p>{refused === undefined ? words.transfer.hint : words.errors[refused.code]}</p>
        <fieldset className="choices">
          <legend>{words.transfer.agents}</legend>
          {found !== undefined && agents.length === 0 && <p className="empty">{words.transfer.nobody}</p>}
          {agents.map(({ name, online }) => (
            <label key={name}>
              <input type="radio" name="to" required onChange={() => setChosen({ agent: name })} />
              <span>{name}</span>
              <span className={online ? 'chip good' : 'chip'}>
                {online ? words.transfer.online : words.transfer.away}
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset className="choices">
          <legend>{words.transfer.skills}</legend>
          {(found?.skills ?? []).map((skill) => (
            <label key={skill}>
              <input type="radio" name="to" required onChange={() => setChosen({ skill })} />
              <span>{wordFor(words.skills, skill)}</span>
            </label>
          ))}
        </fieldset>
        <ModalAnswers submit={words.transfer.submit} onClose={props.onClose} busy={found === undefined} />
      </form>
    </Modal>
  );
}
