import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DeskCase, Unsent } from './deskState';
import { linesBefore } from './deskState';
import { Icon } from './icons';
import { useLanguage } from './language';
import { useNow } from './useNow';

const typingShownMs = 5_000;
const nearEndPx = 80;

/** Everything that was said, newest last. What is said is text, never markup. */
export function Transcript(props: {
  readonly known: DeskCase;
  readonly me: string;
  readonly onAgain: (unsent: Unsent) => void;
}) {
  const { words } = useLanguage();
  const { known, me } = props;
  const scroller = useRef<HTMLElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const before = linesBefore(known);
  const lines = before.length + known.entries.length + known.unsent.length;
  useLayoutEffect(() => {
    const shown = scroller.current;
    if (shown !== null && isAtEnd && lines > 0) shown.scrollTop = shown.scrollHeight;
  }, [lines, isAtEnd]);
  useEffect(() => {
    const shown = scroller.current;
    if (shown === null) return;
    const look = () => setIsAtEnd(shown.scrollHeight - shown.scrollTop - shown.clientHeight < nearEndPx);
    shown.addEventListener('scroll', look, { passive: true });
    return () => shown.removeEventListener('scroll', look);
  }, []);
  const name = (from: 'customer' | 'bot' | 'agent', agent?: string) => {
    if (from !== 'agent') return words.talk[from];
    return agent === undefined || agent === me ? words.talk.you : words.talk.agent(agent);
  };
  const { language } = known.summary;
  const handedOverAt = known.summary.requestedAtMs;
  const firstAfter = known.entries.find(({ atMs }) => atMs > handedOverAt)?.seq;

  return (
    <div className="transcript-place">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="transcript" ref={scroller} tabIndex={0} aria-label={words.talk.transcript}>
        <ol>
          {before.map((line, at) => (
            <Said
              // biome-ignore lint/suspicious/noArrayIndexKey: these lines have no id and never move
              key={`before-${at}`}
              {...line}
              name={name(line.from)}
              language={language}
            />
          ))}
          {known.entries.map((entry) => (
            <Said key={entry.seq} {...entry} name={name(entry.from, entry.name)} language={language}>
              {entry.seq === firstAfter && <p className="handed-over">{words.talk.handedOver}</p>}
            </Said>
          ))}
          {known.unsent.map((one) => (
            <li key={one.key} className="said from-agent" data-status={one.status}>
              <p className="bubble" lang={language}>
                {one.text}
              </p>
              <p className="said-foot">
                {one.status === 'failed' ? (
                  <>
                    {words.talk.failed}{' '}
                    <button type="button" className="again" onClick={() => props.onAgain(one)}>
                      {words.talk.again}
                    </button>
                  </>
                ) : one.status === 'waiting' ? (
                  words.talk.waiting
                ) : (
                  words.talk.sending
                )}
              </p>
            </li>
          ))}
        </ol>
        <Typing since={known.typingAtMs} />
      </section>
      {!isAtEnd && (
        <button type="button" className="to-newest" onClick={() => setIsAtEnd(true)}>
          <Icon name="down" />
          {words.talk.toNewest}
        </button>
      )}
    </div>
  );
}

function Said(props: {
  readonly from: 'customer' | 'bot' | 'agent';
  readonly name: string;
  readonly text: string;
  readonly atMs: number;
  readonly language: 'ko' | 'en';
  readonly children?: React.ReactNode;
}) {
  const { time } = useLanguage();
  return (
    <li className={`said from-${props.from}`}>
      {props.children}
      <p className="said-head">
        <span className="said-name">{props.name}</span>{' '}
        {props.atMs > 0 && <time dateTime={new Date(props.atMs).toISOString()}>{time(props.atMs)}</time>}
      </p>
      <p className="bubble" lang={props.language}>
        {props.text}
      </p>
    </li>
  );
}

function Typing({ since }: { readonly since: number | undefined }) {
  const { words } = useLanguage();
  const now = useNow();
  const isTyping = since !== undefined && now - since < typingShownMs;
  return <p className="typing">{isTyping ? words.talk.typing : ''}</p>;
}
