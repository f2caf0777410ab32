import { useEffect, useState } from 'react';
import type { TotpAnswer } from '../../services/desk/deskApi';
import { type DeskClient, Refused } from './deskClient';
import { Field, Gate } from './gate';
import { CodeField, GateForm } from './gateForm';
import { useWords } from './language';

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
  const [refused, setRefused] = useState<Refused>();

  useEffect(() => {
    client.totp().then(setTotp, (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    });
  }, [client]);

  const confirm = async () => {
    await client.confirmTotp({ code, ...(props.needsPassword ? { newPassword } : {}) });
    await props.onDone();
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
      <GateForm
        submit={words.enrol.submit}
        onSubmit={confirm}
        onRefused={() => setCode('')}
        waits={totp === undefined}
        refusedBefore={refused}
        onCancel={props.onLeave}
      >
        <CodeField label={words.enrol.code} value={code} onChange={setCode} />
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
      </GateForm>
    </Gate>
  );
}
