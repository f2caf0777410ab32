import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { HandoffSummary } from '../../services/desk/deskApi';
import { type CannedAnswer, CannedAnswers } from './cannedAnswers';
import type { DeskClient } from './deskClient';
import { Icon } from './icons';
import { useWords } from './language';
import { Sources } from './sources';

const longestText = 4_000;

/** Where the agent writes to the customer. */
export function Composer(props: {
  readonly summary: HandoffSummary;
  readonly client: DeskClient;
  readonly drafts: Map<string, string>;
  readonly finding: boolean;
  readonly onFinding: (finding: boolean) => void;
  readonly onTyping: () => void;
  readonly onSend: (text: string) => void;
  readonly onInserted: () => void;
}) {
  const words = useWords();
  const { summary, drafts } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.get(summary.id) ?? '');
  const [sources, setSources] = useState<CannedAnswer['claims']>([]);
  const over = text.length - longestText;
  useEffect(() => {
    drafts.set(summary.id, text);
  }, [drafts, summary.id, text]);

  const send = () => {
    if (text.trim() === '' || over > 0) return;
    props.onSend(text.trim());
    setText('');
    setSources([]);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // Out of the field, so that single keys are heard again.
      field.current?.blur();
      return;
    }
    // Enter that ends a Korean syllable in the making is not meant for us.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const insert = (answer: CannedAnswer) => {
    setText((before) => (before.trim() === '' ? answer.text : `${before.trimEnd()}\n\n${answer.text}`));
    setSources(answer.claims);
    props.onFinding(false);
    props.onInserted();
    field.current?.focus();
  };

  return (
    <div className="composer">
      {props.finding && (
        <CannedAnswers
          client={props.client}
          language={summary.language}
          onInsert={insert}
          onClose={() => {
            props.onFinding(false);
            field.current?.focus();
          }}
        />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label className="unseen" htmlFor="reply">
          {words.composer.label}
        </label>
        <textarea
          id="reply"
          ref={field}
          rows={2}
          lang={summary.language}
          value={text}
          placeholder={words.composer.placeholder}
          aria-describedby="reply-hint"
          aria-invalid={over > 0}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value === '') setSources([]);
            else props.onTyping();
          }}
        />
        {sources.length > 0 && <Sources claims={sources} lead={words.composer.source} />}
        <div className="composer-foot">
          <button
            type="button"
            className="secondary"
            aria-expanded={props.finding}
            onClick={() => props.onFinding(!props.finding)}
          >
            <Icon name="search" />
            {words.composer.answers}
          </button>
          <p id="reply-hint" className={over > 0 ? 'hint trouble' : 'hint'}>
            {over > 0 ? words.composer.tooLong(over) : words.composer.hint}
          </p>
          <button type="submit" className="primary">
            <Icon name="send" />
            {words.composer.send}
          </button>
        </div>
      </form>
    </div>
  );
}
