import { useEffect, useState } from 'react';
import type { DeskState, Notice } from './deskState';
import { Icon } from './icons';
import { useWords, wordFor } from './language';
import type { DeskWords } from './words.ko';

const shownMs = 8_000;

/** Says what has happened: all of it to a screen reader, and what the picture does not show already in sight. */
export function NoticeBar({ state }: { readonly state: DeskState }) {
  const words = useWords();
  const { notice } = state;
  const [closed, setClosed] = useState(0);
  const at = notice?.at ?? 0;
  const isRefusal = notice?.kind === 'refused';
  useEffect(() => {
    // A refusal stays until it is closed; the rest is to be seen elsewhere too.
    if (at === 0 || isRefusal) return;
    const timer = setTimeout(() => setClosed(at), shownMs);
    return () => clearTimeout(timer);
  }, [at, isRefusal]);
  const text = notice === undefined ? '' : noticeText(words, notice);
  const isShown = notice !== undefined && at > closed && isSeen(notice);
  return (
    <>
      <div className="unseen" role="status">
        <p key={at}>{text}</p>
      </div>
      {isShown && (
        <div className="toast" data-kind={notice.kind}>
          <p>{text}</p>
          <button type="button" className="quiet" onClick={() => setClosed(at)} aria-label={words.close}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </>
  );
}

function noticeText(words: DeskWords, notice: Notice): string {
  switch (notice.kind) {
    case 'newWaiting':
      return words.notices.newWaiting(wordFor(words.reasons, notice.reason));
    case 'said':
      return words.notices.said(notice.text);
    case 'ended':
      return words.talk.ended[notice.how];
    case 'rated':
      return words.notices.rated(notice.stars);
    case 'refused':
      return words.errors[notice.code];
    case 'line':
      return words.line[notice.status];
    default:
      return words.notices[notice.kind];
  }
}

function isSeen({ kind }: Notice): boolean {
  return kind !== 'said' && kind !== 'newWaiting' && kind !== 'claimed' && kind !== 'noteAdded';
}
