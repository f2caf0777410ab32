import type { ReactNode } from 'react';
import { Logo } from './icons';
import { useWords } from './language';
import { LanguageSwitch } from './languageSwitch';

/** The card in the middle, before one is in. */
export function Gate(props: {
  readonly title: string;
  readonly lead: string;
  readonly children?: ReactNode;
}) {
  const words = useWords();
  return (
    <div className="gate">
      <header className="gate-top">
        <Logo />
        <p className="gate-name">
          {words.title} <span>{words.product}</span>
        </p>
        <LanguageSwitch />
      </header>
      <main className="gate-card">
        <h1>{props.title}</h1>
        <p className="lead">{props.lead}</p>
        {props.children}
      </main>
    </div>
  );
}

/** A field with its name above and, below it, what helps. */
export function Field(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password';
  readonly autoComplete: string;
  readonly inputMode?: 'numeric';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly hint?: string;
}) {
  const hintId = `${props.id}-hint`;
  return (
    <div className="field">
      <label htmlFor={props.id}>{props.label}</label>
      <input
        id={props.id}
        name={props.id}
        type={props.type ?? 'text'}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        autoComplete={props.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        inputMode={props.inputMode}
        minLength={props.minLength}
        maxLength={props.maxLength}
        aria-describedby={props.hint === undefined ? undefined : hintId}
        required
      />
      {props.hint !== undefined && (
        <p className="hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </div>
  );
}
