import { type FormEvent, useEffect, useState } from 'react';
import { type DeskClient, oidcAddress, Refused } from './deskClient';
import { Field, Gate } from './gate';
import { useWords } from './language';
import { refusalText } from './refusalText';

/** Name and password; the six digits when the account has an authenticator; the company login when there is one. */
export function SignIn(props: {
  readonly client: DeskClient;
  readonly oidc: boolean;
  readonly wasIn: boolean;
  readonly onDone: () => Promise<void>;
}) {
  const words = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  useEffect(() => document.getElementById(needsCode ? 'code' : 'name')?.focus(), [needsCode]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(undefined);
    try {
      const { status } = await props.client.login({ name, password, ...(needsCode ? { code } : {}) });
      if (status === 'codeNeeded') setNeedsCode(true);
      else await props.onDone();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
      setCode('');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Gate title={words.signIn.title} lead={props.wasIn ? words.signIn.signedOut : words.signIn.lead}>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          id="name"
          label={words.signIn.name}
          value={name}
          onChange={setName}
          autoComplete="username"
          maxLength={64}
        />
        <Field
          id="password"
          type="password"
          label={words.signIn.password}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          maxLength={256}
        />
        {needsCode && (
          <Field
            id="code"
            label={words.signIn.code}
            hint={words.signIn.codeHint}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={12}
          />
        )}
        <p className="trouble" role="alert">
          {refused === undefined ? '' : refusalText(words, refused)}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          {words.signIn.submit}
        </button>
      </form>
      {props.oidc && (
        <>
          <p className="or">{words.signIn.or}</p>
          <a className="secondary" href={oidcAddress}>
            {words.signIn.oidc}
          </a>
        </>
      )}
    </Gate>
  );
}
