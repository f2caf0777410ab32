import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SessionAnswer } from '../../services/desk/deskApi';
import { DeskClient } from './deskClient';
import { Enrolment } from './enrolment';
import { Gate } from './gate';
import { useWords } from './language';
import { SignIn } from './signIn';
import { Workplace } from './workplace';

type Shown =
  | { readonly at: 'opening' }
  | { readonly at: 'unreachable' }
  | { readonly at: 'here'; readonly session: SessionAnswer; readonly wasIn: boolean };

const retryMs = 5_000;

/** Who may see what: nobody, someone who still has to enrol an authenticator, an agent. */
export function App() {
  const words = useWords();
  const [shown, setShown] = useState<Shown>({ at: 'opening' });
  const signedOut = useCallback(() => {
    setShown((before) =>
      before.at === 'here' ? { ...before, session: { ...before.session, user: null }, wasIn: true } : before,
    );
  }, []);
  const client = useMemo(() => new DeskClient(signedOut), [signedOut]);
  const look = useCallback(async () => {
    const session = await client.session().catch(() => undefined);
    setShown(session === undefined ? { at: 'unreachable' } : { at: 'here', session, wasIn: false });
  }, [client]);
  useEffect(() => void look(), [look]);
  useEffect(() => {
    if (shown.at !== 'unreachable') return;
    const timer = setTimeout(() => void look(), retryMs);
    return () => clearTimeout(timer);
  }, [shown, look]);
  const leave = useCallback(async () => {
    await client.logout().catch(() => undefined);
    await look();
  }, [client, look]);

  const user = shown.at === 'here' ? shown.session.user : null;
  useEffect(() => {
    if (user === null) document.title = `${words.title} · ${words.product}`;
  }, [user, words]);

  if (shown.at === 'opening') return <Gate title={words.title} lead={words.loading} />;
  if (shown.at === 'unreachable') {
    return (
      <Gate title={words.title} lead={words.cannotOpen}>
        <button type="button" className="primary" onClick={() => void look()}>
          {words.retry}
        </button>
      </Gate>
    );
  }
  const { session, wasIn } = shown;
  if (session.enrolling) {
    return <Enrolment client={client} needsPassword={session.passwordChange} onDone={look} onLeave={leave} />;
  }
  if (session.user === null) {
    return <SignIn client={client} oidc={session.oidc} wasIn={wasIn} onDone={look} />;
  }
  return <Workplace client={client} user={session.user} onSignedOut={signedOut} onLeave={leave} />;
}
