import { type FormEvent, useEffect, useState } from 'react';
import type { TotpAnswer } from '../../services/desk/deskApi';
import { type DeskClient, Refused } from './deskClient';
import { Field, Gate } from './gate';
import { useWords } from './language';
import { refusalText } from './refusalText';

/** The first login: connects an authenticator app, and takes a password in place of the one that was given. */
export function Enrolment(props: {
  readonly client: DeskClient;
  readonly needsPassword: boolean;
  readonly onDone: () => Promise<void>;
  readonly onLeave: () => Promise<void>;
}) {
  const words = useWords();
  const { client } = props;
  const [totp, setTotp] = useState<TotpAnswer>();
  const [code, setCode] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();

  useEffect(() => {
    client.totp().then(setTotp, (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    });
  }, [client]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(undefined);
    try {
      await client.confirmTotp({ code, ...(props.needsPassword ? { newPassword } : {}) });
      await props.onDone();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
      setCode('');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Gate title={words.enrol.title} lead={words.enrol.lead}>
      {totp !== undefined && (
        <>
          <img className="qr" src={totp.qrDataUri} alt={words.enrol.qr} width="200" height="200" />
          <p className="hint">{words.enrol.bySecret}</p>
          <p className="secret">
            <code>{totp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
        </>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <Field
          id="code"
          label={words.enrol.code}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={12}
        />
        {props.needsPassword && (
          <Field
            id="new-password"
            type="password"
            label={words.enrol.newPassword}
            hint={words.enrol.newPasswordHint}
            value={newPassword}
            onChange={setNewPassword}
            autoComplete="new-password"
            minLength={12}
            maxLength={256}
          />
        )}
        <p className="trouble" role="alert">
          {refused === undefined ? '' : refusalText(words, refused)}
        </p>
        <button type="submit" className="primary" disabled={busy || totp === undefined}>
          {words.enrol.submit}
        </button>
        <button type="button" className="quiet" onClick={() => void props.onLeave()}>
          {words.cancel}
        </button>
      </form>
    </Gate>
  );
}
