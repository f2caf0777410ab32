import { type FormEvent, type ReactNode, useState } from 'react';
import { Refused } from './deskClient';
import { Field } from './gate';
import { useWords } from './language';
import { refusalText } from './refusalText';

/** The form of a way in: one attempt at a time, and what the server refuses stands above the button. */
export function GateForm(props: {
  readonly children: ReactNode;
  readonly submit: string;
  readonly onSubmit: () => Promise<void>;
  /** The server refused what was sent. */
  readonly onRefused: () => void;
  /** What comes first is not there yet. */
  readonly waits?: boolean;
  /** Refused before anything was sent. */
  readonly refusedBefore?: Refused | undefined;
  readonly onCancel?: () => Promise<void>;
}) {
  const words = useWords();
  const { onCancel } = props;
  const [busy, setBusy] = useState(false);
  const [refusedNow, setRefusedNow] = useState<Refused>();
  const refused = refusedNow ?? props.refusedBefore;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusedNow(undefined);
    try {
      await props.onSubmit();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusedNow(error);
      props.onRefused();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      {props.children}
      <p className="trouble" role="alert">
        {refused === undefined ? '' : refusalText(words, refused)}
      </p>
      <button type="submit" className="primary" disabled={busy || props.waits === true}>
        {props.submit}
      </button>
      {onCancel !== undefined && (
        <button type="button" className="quiet" onClick={() => void onCancel()}>
          {words.cancel}
        </button>
      )}
    </form>
  );
}

/** The field for what the authenticator app shows. */
export function CodeField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}) {
  return <Field id="code" {...props} autoComplete="one-time-code" inputMode="numeric" maxLength={12} />;
}
