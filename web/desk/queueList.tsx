import type { HandoffSummary } from '../../services/desk/deskApi';
import type { DeskState } from './deskState';
import { Icon } from './icons';
import { useWords, wordFor } from './language';
import { useNow } from './useNow';

/** After this a wait is drawn as one that should not go on. */
const longWaitMs = 180_000;

/** Whom this agent talks to and, however many they are, who waits; each with the time that has gone by. */
export function QueueList(props: { readonly state: DeskState; readonly onSelect: (id: string) => void }) {
  const words = useWords();
  const { waiting, mine, cases, selected } = props.state;
  const now = useNow();
  const ended = Object.values(cases)
    .filter((one) => one.ended !== undefined && !mine.some(({ id }) => id === one.summary.id))
    .map(({ summary }) => summary);
  const list = (summaries: readonly HandoffSummary[]) => (
    <ul>
      {summaries.map((summary) => (
        <li key={summary.id}>
          <QueueCard
            summary={summary}
            now={now}
            isSelected={summary.id === selected}
            unread={cases[summary.id]?.unread ?? 0}
            hasEnded={cases[summary.id]?.ended !== undefined}
            onSelect={props.onSelect}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <nav className="queue" aria-label={words.queue.label}>
      <section aria-labelledby="mine-title">
        <h2 id="mine-title">
          {words.queue.mine} <span className="count">{mine.length}</span>
        </h2>
        {mine.length + ended.length === 0 ? (
          <p className="empty">{words.queue.noneMine}</p>
        ) : (
          list([...mine, ...ended])
        )}
      </section>
      <section aria-labelledby="waiting-title">
        <h2 id="waiting-title">
          {words.queue.waiting} <span className="count">{waiting.length}</span>
        </h2>
        {waiting.length === 0 ? <p className="empty">{words.queue.noneWaiting}</p> : list(waiting)}
      </section>
    </nav>
  );
}

function QueueCard(props: {
  readonly summary: HandoffSummary;
  readonly now: number;
  readonly isSelected: boolean;
  readonly unread: number;
  readonly hasEnded: boolean;
  readonly onSelect: (id: string) => void;
}) {
  const words = useWords();
  const { summary, now } = props;
  const waits = summary.state === 'requested';
  const sinceMs = now - (summary.acceptedAtMs ?? summary.requestedAtMs);
  const time = words.duration(sinceMs);
  return (
    <button
      type="button"
      className="card"
      data-id={summary.id}
      data-long={waits && sinceMs > longWaitMs ? true : undefined}
      aria-current={props.isSelected ? 'true' : undefined}
      onClick={() => props.onSelect(summary.id)}
    >
      <span className="card-head">
        <span className="card-title">
          {wordFor(words.topics, summary.topic ?? '') || wordFor(words.skills, summary.skill)}
        </span>
        {props.unread > 0 && (
          <span className="unread">
            <span aria-hidden="true">{props.unread}</span>
            <span className="unseen">{words.queue.unread(props.unread)}</span>
          </span>
        )}
      </span>
      <span className="card-reason">{wordFor(words.reasons, summary.reason)}</span>
      {summary.lastText !== undefined && (
        <span className="card-last" lang={summary.language}>
          {summary.lastText}
        </span>
      )}
      <span className="card-foot">
        <span className="chip">{wordFor(words.skills, summary.skill)}</span>
        {summary.verified && (
          <span className="chip good">
            <Icon name="shield" />
            {words.queue.verified}
          </span>
        )}
        {summary.language === 'en' && <span className="chip">{words.languages.en}</span>}
        <span className="card-time">
          {props.hasEnded ? (
            words.queue.ended
          ) : (
            <>
              <Icon name="clock" />
              {waits ? words.queue.waited(time) : words.queue.talking(time)}
            </>
          )}
        </span>
      </span>
    </button>
  );
}
