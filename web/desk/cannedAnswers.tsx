import { useEffect, useRef, useState } from 'react';
import type { CannedAnswers as Answers } from '../../services/desk/deskApi';
import { type DeskClient, Refused } from './deskClient';
import { Icon } from './icons';
import { useWords } from './language';
import { Sources } from './sources';

export type CannedAnswer = Answers['answers'][number];

const pauseMs = 200;

/** Searches the knowledge base in the customer's language; every answer names the claims that it rests on. */
export function CannedAnswers(props: {
  readonly client: DeskClient;
  readonly language: 'ko' | 'en';
  readonly onInsert: (answer: CannedAnswer) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { client, language } = props;
  const field = useRef<HTMLInputElement>(null);
  const [question, setQuestion] = useState('');
  const [answers, setAnswers] = useState<readonly CannedAnswer[]>();
  const [refused, setRefused] = useState<Refused>();
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (question.trim() === '') {
      setAnswers(undefined);
      return;
    }
    let isNewest = true;
    const timer = setTimeout(async () => {
      try {
        const found = await client.answers(question.trim(), language);
        if (isNewest) {
          setAnswers(found.answers);
          setRefused(undefined);
        }
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (isNewest) setRefused(error);
      }
    }, pauseMs);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [client, language, question]);

  const note =
    refused !== undefined
      ? words.errors[refused.code]
      : answers === undefined
        ? words.answers.idle
        : answers.length === 0
          ? words.answers.none
          : words.answers.found(answers.length);
  return (
    <section className="answers" aria-labelledby="answers-title">
      <header>
        <h3 id="answers-title">{words.answers.title}</h3>
        <button type="button" className="quiet" onClick={props.onClose} aria-label={words.close}>
          <Icon name="close" />
        </button>
      </header>
      <label className="unseen" htmlFor="answers-search">
        {words.answers.search}
      </label>
      <input
        id="answers-search"
        ref={field}
        type="search"
        lang={language}
        value={question}
        placeholder={words.answers.search}
        autoComplete="off"
        onChange={(event) => setQuestion(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onClose();
          const [first] = answers ?? [];
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && first !== undefined) {
            props.onInsert(first);
          }
        }}
      />
      <p className="hint" role="status">
        {note}
      </p>
      <ul>
        {(answers ?? []).map((answer) => (
          <li key={`${answer.topic}-${answer.question}`}>
            <div lang={language}>
              <p className="answer-question">{answer.question}</p>
              <p className="answer-text">{answer.text}</p>
              <Sources claims={answer.claims} />
            </div>
            <button type="button" className="secondary" onClick={() => props.onInsert(answer)}>
              {words.answers.insert}
              <span className="unseen">: {answer.question}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
