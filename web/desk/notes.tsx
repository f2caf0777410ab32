import { type FormEvent, useState } from 'react';
import type { DeskNote } from '../../services/desk/deskApi';
import { Icon } from './icons';
import { useLanguage } from './language';

/** What agents tell one another. */
export function Notes(props: {
  readonly notes: readonly DeskNote[];
  readonly canAdd: boolean;
  readonly onAdd: (text: string) => Promise<boolean>;
}) {
  const { words, time } = useLanguage();
  const [text, setText] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    if (await props.onAdd(text.trim())) setText('');
  };
  return (
    <section className="notes">
      <h3>
        <Icon name="note" />
        {words.notes.title}
      </h3>
      <p className="hint">{words.notes.hint}</p>
      {props.notes.length === 0 ? (
        <p className="empty">{words.notes.none}</p>
      ) : (
        <ul>
          {props.notes.map((note) => (
            <li key={`${note.atMs}-${note.by}-${note.text}`}>
              <p className="said-head">
                <span className="said-name">{note.by}</span>{' '}
                <time dateTime={new Date(note.atMs).toISOString()}>{time(note.atMs)}</time>
              </p>
              <p className="note-text">{note.text}</p>
            </li>
          ))}
        </ul>
      )}
      {props.canAdd && (
        <form onSubmit={(event) => void add(event)}>
          <label className="unseen" htmlFor="new-note">
            {words.notes.label}
          </label>
          <textarea
            id="new-note"
            rows={2}
            maxLength={4_000}
            value={text}
            placeholder={words.notes.label}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          />
          <button type="submit" className="secondary">
            {words.notes.add}
          </button>
        </form>
      )}
    </section>
  );
}
