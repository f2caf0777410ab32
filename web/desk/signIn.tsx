import { useEffect, useState } from 'react';
import { type DeskClient, oidcAddress } from './deskClient';
import { Field, Gate } from './gate';
import { CodeField, GateForm } from './gateForm';
import { useWords } from './language';

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
  useEffect(() => document.getElementById(needsCode ? 'code' : 'name')?.focus(), [needsCode]);

  const logIn = async () => {
    const { status } = await props.client.login({ name, password, ...(needsCode ? { code } : {}) });
    if (status === 'codeNeeded') setNeedsCode(true);
    else await props.onDone();
  };

  return (
    <Gate title={words.signIn.title} lead={props.wasIn ? words.signIn.signedOut : words.signIn.lead}>
      <GateForm submit={words.signIn.submit} onSubmit={logIn} onRefused={() => setCode('')}>
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
          <CodeField label={words.signIn.code} hint={words.signIn.codeHint} value={code} onChange={setCode} />
        )}
      </GateForm>
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
