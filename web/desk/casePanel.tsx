import { useEffect } from 'react';
import type { DeskPacket } from '../../services/desk/deskApi';
import type { DeskCase } from './deskState';
import { Icon } from './icons';
import { useLanguage, wordFor } from './language';
import { Notes } from './notes';
import { useNow } from './useNow';

const shownMs = 60_000;

/** What is known already, so that nobody asks the customer again. */
export function CasePanel(props: {
  readonly known: DeskCase;
  readonly isMine: boolean;
  readonly revealed: string | undefined;
  readonly onUnmask: () => void;
  readonly onHide: () => void;
  readonly onNote: (text: string) => Promise<boolean>;
}) {
  const { words } = useLanguage();
  const { summary, packet, notes } = props.known;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <aside className="info" aria-labelledby="info-title" tabIndex={0}>
      <h2 id="info-title">{words.packet.title}</h2>
      <dl>
        <dt>{words.packet.reason}</dt>
        <dd>{wordFor(words.reasons, summary.reason)}</dd>
        {summary.topic !== undefined && (
          <>
            <dt>{words.packet.topic}</dt>
            <dd>{wordFor(words.topics, summary.topic)}</dd>
          </>
        )}
        <dt>{words.packet.skill}</dt>
        <dd>{wordFor(words.skills, summary.skill)}</dd>
        <dt>{words.packet.channel}</dt>
        <dd>
          {wordFor(words.channels, summary.channelId)} · {words.languages[summary.language]}
        </dd>
      </dl>
      {packet === null ? (
        <p className="empty">{words.packet.expired}</p>
      ) : (
        <Packet {...props} packet={packet} language={summary.language} />
      )}
      <Notes notes={notes} canAdd={props.isMine} onAdd={props.onNote} />
      {packet !== null && <SaidByBot packet={packet} language={summary.language} />}
    </aside>
  );
}

function Packet(props: {
  readonly packet: DeskPacket;
  readonly language: 'ko' | 'en';
  readonly isMine: boolean;
  readonly revealed: string | undefined;
  readonly onUnmask: () => void;
  readonly onHide: () => void;
}) {
  const { words, time } = useLanguage();
  const now = useNow();
  const { packet, revealed, onHide, language } = props;
  const { level, verifiedAtMs, maskedLine } = packet.verification;
  useEffect(() => {
    if (revealed === undefined) return;
    const timer = setTimeout(onHide, shownMs);
    return () => clearTimeout(timer);
  }, [revealed, onHide]);
  return (
    <>
      <section className="tile" data-level={level}>
        <h3>{words.packet.verification}</h3>
        <p className="tile-value">
          {level !== 'acr0' && <Icon name="shield" />}
          {words.packet.levels[level]}
          {verifiedAtMs !== undefined && <span className="age"> · {words.ago(now - verifiedAtMs)}</span>}
        </p>
        {maskedLine !== undefined && (
          <p className="number">
            <span className="unseen">{words.packet.line} </span>
            <span className="digits">{revealed ?? maskedLine}</span>
            {props.isMine && (
              <button
                type="button"
                className="secondary"
                onClick={revealed === undefined ? props.onUnmask : onHide}
              >
                <Icon name="eye" />
                {revealed === undefined ? words.unmask.open : words.unmask.hide}
              </button>
            )}
          </p>
        )}
        {revealed !== undefined && (
          <p className="hint" role="status">
            {words.unmask.shown}
          </p>
        )}
      </section>
      <section className="tile">
        <h3>{words.packet.balance}</h3>
        {packet.balance === undefined ? (
          <p className="empty">{words.packet.noBalance}</p>
        ) : (
          <>
            <p className="amount">{words.won(packet.balance.totalKrw)}</p>
            <p className="hint">{words.packet.asOf(time(packet.balance.asOfMs))}</p>
            <ul className="bills">
              {packet.balance.bills.map((bill) => (
                <li key={`${bill.label}-${bill.dueDate ?? ''}-${bill.amountKrw}`}>
                  <span>
                    <span lang={language}>{bill.label}</span>
                    {bill.dueDate !== undefined && (
                      <span className="hint"> {words.packet.due(bill.dueDate)}</span>
                    )}
                  </span>
                  <b>{words.won(bill.amountKrw)}</b>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </>
  );
}

function SaidByBot({ packet, language }: { readonly packet: DeskPacket; readonly language: 'ko' | 'en' }) {
  const { words, time } = useLanguage();
  return (
    <section>
      <h3>{words.packet.saidByBot}</h3>
      {packet.saidByBot.length === 0 ? (
        <p className="empty">{words.packet.nothingSaid}</p>
      ) : (
        <ul className="said-by-bot" lang={language}>
          {packet.saidByBot.map((text, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: these lines have no id and never move
            <li key={at}>{text}</li>
          ))}
        </ul>
      )}
      <p className="hint">{words.packet.until(time(packet.expiresAtMs))}</p>
    </section>
  );
}
