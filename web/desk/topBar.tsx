import type { SessionAnswer } from '../../services/desk/deskApi';
import { Icon, Logo } from './icons';
import { useWords } from './language';
import { LanguageSwitch } from './languageSwitch';
import type { LineStatus } from './liveLine';

export type View = 'talk' | 'load';

export function TopBar(props: {
  readonly user: NonNullable<SessionAnswer['user']>;
  readonly line?: LineStatus;
  /** Undefined: there is only one. */
  readonly view?: View | undefined;
  readonly onView?: (view: View) => void;
  readonly onHelp?: () => void;
  readonly onLeave: () => Promise<void>;
}) {
  const words = useWords();
  const { user, line, view } = props;
  return (
    <header className="top">
      <Logo />
      <h1>{words.title}</h1>
      {view !== undefined && (
        <nav aria-label={words.nav.label}>
          {(['talk', 'load'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-current={view === one ? 'page' : undefined}
              onClick={() => props.onView?.(one)}
            >
              {words.nav[one]}
            </button>
          ))}
        </nav>
      )}
      {line !== undefined && (
        <p className="line" data-state={line}>
          <span className="dot" aria-hidden="true" />
          <span className="line-words">{words.line[line]}</span>
        </p>
      )}
      <LanguageSwitch />
      <p className="who">{words.menu.who(user.name, words.roles[user.role])}</p>
      {props.onHelp !== undefined && (
        <button type="button" className="quiet" onClick={props.onHelp} aria-label={words.menu.help}>
          <Icon name="help" />
        </button>
      )}
      <button
        type="button"
        className="quiet"
        onClick={() => void props.onLeave()}
        aria-label={words.menu.signOut}
      >
        <Icon name="out" />
      </button>
    </header>
  );
}
