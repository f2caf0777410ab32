import type { HandoffSummary } from '../../services/desk/deskApi';
import { CasePanel } from './casePanel';
import { Composer } from './composer';
import type { DeskClient } from './deskClient';
import type { DeskModel } from './deskModel';
import type { DeskCase } from './deskState';
import { Icon, type IconName } from './icons';
import { useWords, wordFor } from './language';
import { Transcript } from './transcript';
import { useNow } from './useNow';

interface Props {
  readonly waitingOne: HandoffSummary | undefined;
  readonly known: DeskCase | undefined;
  readonly isMine: boolean;
  readonly me: string;
  readonly pane: 'list' | 'talk' | 'info';
  readonly finding: boolean;
  /** The full number, for the moment that it is shown. */
  readonly revealed: string | undefined;
  readonly model: DeskModel;
  readonly client: DeskClient;
  /** What was begun and not sent, by conversation. */
  readonly drafts: Map<string, string>;
  readonly onClaim: (id: string) => Promise<void>;
  readonly onPane: (pane: 'list' | 'talk' | 'info') => void;
  readonly onFinding: (finding: boolean) => void;
  readonly onOpen: (what: 'transfer' | 'giveBack' | 'resolve' | 'unmask') => void;
  readonly onHide: () => void;
}

/** The chosen conversation: before it is claimed, while it goes on, and after it has ended. */
export function Talk(props: Props) {
  const words = useWords();
  const { waitingOne, known } = props;
  if (waitingOne !== undefined) return <Preview {...props} summary={waitingOne} />;
  if (known !== undefined) return <OpenTalk {...props} known={known} />;
  return (
    <main className="talk alone nothing">
      <h2 id="talk-title" tabIndex={-1}>
        {words.talk.none}
      </h2>
      <p>{words.talk.noneHint}</p>
    </main>
  );
}

function Preview({ summary, onClaim, onPane }: Props & { readonly summary: HandoffSummary }) {
  const words = useWords();
  const now = useNow();
  return (
    <main className="talk alone">
      <TalkHead summary={summary} onBack={() => onPane('list')} />
      <div className="preview">
        <p className="wait" data-large>
          {words.queue.waited(words.duration(now - summary.requestedAtMs))}
        </p>
        <p>{words.talk.preview}</p>
        <button type="button" className="primary" onClick={() => void onClaim(summary.id)}>
          <Icon name="check" />
          {words.talk.claim}
        </button>
      </div>
    </main>
  );
}

function OpenTalk(props: Props & { readonly known: DeskCase }) {
  const words = useWords();
  const { known, model, pane } = props;
  const { summary, ended } = known;
  const acts: readonly (readonly ['transfer' | 'giveBack' | 'resolve', IconName])[] = [
    ['transfer', 'transfer'],
    ['giveBack', 'bot'],
    ['resolve', 'check'],
  ];
  return (
    <>
      <main className="talk">
        <TalkHead summary={summary} onBack={() => props.onPane('list')}>
          <button
            type="button"
            className="quiet to-info"
            aria-pressed={pane === 'info'}
            onClick={() => props.onPane(pane === 'info' ? 'talk' : 'info')}
          >
            <Icon name="info" />
            {words.talk.info}
          </button>
          {props.isMine && (
            <fieldset className="acts">
              <legend className="unseen">{words.talk.actions}</legend>
              {acts.map(([act, icon]) => (
                <button
                  key={act}
                  type="button"
                  className={act === 'resolve' ? 'primary' : 'secondary'}
                  onClick={() => props.onOpen(act)}
                >
                  <Icon name={icon} />
                  {words.talk[act]}
                </button>
              ))}
            </fieldset>
          )}
        </TalkHead>
        <Transcript known={known} me={props.me} onAgain={(one) => model.sendAgain(summary.id, one)} />
        {ended !== undefined ? (
          <div className="over">
            <p>{words.talk.ended[ended]}</p>
            {ended !== 'transferred' && (
              <p className="rating">
                {known.rating === undefined ? (
                  words.talk.noRating
                ) : (
                  <>
                    {words.talk.rating}{' '}
                    <span className="stars" role="img" aria-label={words.talk.stars(known.rating)}>
                      {[1, 2, 3, 4, 5].map((star) => (
                        <span key={star} className={star <= (known.rating ?? 0) ? 'star on' : 'star'}>
                          <Icon name="star" />
                        </span>
                      ))}
                    </span>
                  </>
                )}
              </p>
            )}
            <button type="button" className="secondary" onClick={() => model.putAway(summary.id)}>
              {words.talk.putAway}
            </button>
          </div>
        ) : props.isMine ? (
          <Composer
            summary={summary}
            client={props.client}
            drafts={props.drafts}
            finding={props.finding}
            onFinding={props.onFinding}
            onTyping={() => model.typing(summary.id)}
            onSend={(text) => model.send(summary.id, text)}
            onInserted={() => model.tell({ kind: 'inserted' })}
          />
        ) : (
          <div className="over">
            <p>{words.talk.reading(summary.agent ?? '')}</p>
          </div>
        )}
      </main>
      <CasePanel
        known={known}
        isMine={props.isMine}
        revealed={props.revealed}
        onUnmask={() => props.onOpen('unmask')}
        onHide={props.onHide}
        onNote={(text) => model.addNote(summary.id, text)}
      />
    </>
  );
}

function TalkHead(props: {
  readonly summary: HandoffSummary;
  readonly onBack: () => void;
  readonly children?: React.ReactNode;
}) {
  const words = useWords();
  const { summary } = props;
  return (
    <header className="talk-head">
      <button type="button" className="quiet to-list" onClick={props.onBack} aria-label={words.talk.back}>
        <Icon name="back" />
      </button>
      <div className="talk-name">
        <h2 id="talk-title" tabIndex={-1}>
          {wordFor(words.topics, summary.topic ?? '') || wordFor(words.skills, summary.skill)}
        </h2>
        <p>
          {wordFor(words.reasons, summary.reason)} · {wordFor(words.channels, summary.channelId)} ·{' '}
          {words.languages[summary.language]}
        </p>
      </div>
      {props.children}
    </header>
  );
}
