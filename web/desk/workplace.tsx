import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { SessionAnswer } from '../../services/desk/deskApi';
import type { DeskClient } from './deskClient';
import { DeskModel } from './deskModel';
import { GiveBackDialog, ResolveDialog } from './endDialogs';
import { HelpDialog } from './helpDialog';
import { useWords } from './language';
import { LoadView } from './loadView';
import { NoticeBar } from './noticeBar';
import { usePreference } from './preferences';
import { QueueList } from './queueList';
import { type Shortcut, useShortcuts } from './shortcuts';
import { Talk } from './talk';
import { TopBar, type View } from './topBar';
import { TransferDialog } from './transferDialog';
import { UnmaskDialog } from './unmaskDialog';
import { useDesktopNotices } from './useDesktopNotices';

type Open = 'transfer' | 'giveBack' | 'resolve' | 'unmask' | 'help';

interface Props {
  readonly client: DeskClient;
  readonly user: NonNullable<SessionAnswer['user']>;
  readonly onSignedOut: () => void;
  readonly onLeave: () => Promise<void>;
}

/** The desk of whoever is signed in, as long as they are. */
export function Workplace({ client, user, onSignedOut, onLeave }: Props) {
  const words = useWords();
  const [model, setModel] = useState<DeskModel>();
  const takesConversations = user.role !== 'editor';
  useEffect(() => {
    if (!takesConversations) return;
    const opened = new DeskModel(client, onSignedOut);
    setModel(opened);
    return () => opened.end();
  }, [client, onSignedOut, takesConversations]);
  if (takesConversations) {
    return model === undefined ? null : <Desk model={model} client={client} user={user} onLeave={onLeave} />;
  }
  return (
    <div className="desk">
      <TopBar user={user} onLeave={onLeave} />
      <main className="nothing">
        <p>{words.noDesk}</p>
      </main>
    </div>
  );
}

function Desk({ model, client, user, onLeave }: Omit<Props, 'onSignedOut'> & { readonly model: DeskModel }) {
  const words = useWords();
  const state = useSyncExternalStore(model.subscribe, model.snapshot);
  const [view, setView] = useState<View>('talk');
  const [open, setOpen] = useState<Open>();
  const [pane, setPane] = useState<'list' | 'talk' | 'info'>('list');
  const [finding, setFinding] = useState(false);
  const [singleKeys, setSingleKeys] = usePreference('singleKeys', true);
  const [notices, setNotices] = usePreference('notices', false);
  const [revealed, setRevealed] = useState<{ readonly id: string; readonly number: string }>();
  const drafts = useRef(new Map<string, string>());
  useDesktopNotices(state, notices);

  const { selected } = state;
  const waitingOne = state.waiting.find(({ id }) => id === selected);
  const known = selected === undefined ? undefined : state.cases[selected];
  const isMine = state.mine.some(({ id }) => id === selected) && known?.ended === undefined;

  const select = (id: string) => {
    setView('talk');
    setPane('talk');
    setFinding(false);
    model.select(id);
  };
  const focus = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());
  const claim = async (id: string) => {
    await model.claim(id);
    focus('reply');
  };
  const finished = (done: boolean) => {
    if (!done) return;
    setOpen(undefined);
    focus('talk-title');
  };

  useShortcuts(singleKeys, (shortcut: Shortcut) => {
    if (shortcut === 'help') return setOpen('help');
    if (shortcut === 'next' || shortcut === 'previous') {
      const ids = [...new Set([...state.mine, ...state.waiting].map(({ id }) => id))];
      const at = selected === undefined ? -1 : ids.indexOf(selected);
      const next = shortcut === 'next' ? Math.min(at + 1, ids.length - 1) : Math.max(at - 1, 0);
      const id = ids[next];
      return id === undefined ? undefined : select(id);
    }
    if (shortcut === 'claim') return waitingOne === undefined ? undefined : void claim(waitingOne.id);
    if (!isMine) return;
    if (shortcut === 'reply') return focus('reply');
    if (shortcut === 'answers') return setFinding(true);
    if (shortcut === 'note') {
      setPane('info');
      return focus('new-note');
    }
    setOpen(shortcut);
  });

  return (
    <div className="desk">
      <a className="skip" href="#talk-title">
        {words.skip}
      </a>
      <TopBar
        user={user}
        line={state.line}
        view={user.role === 'supervisor' ? view : undefined}
        onView={setView}
        onHelp={() => setOpen('help')}
        onLeave={onLeave}
      />
      {view === 'load' ? (
        <LoadView client={client} onOpen={select} />
      ) : (
        <div className="rooms" data-pane={pane}>
          <QueueList state={state} onSelect={select} />
          <Talk
            key={selected ?? ''}
            waitingOne={waitingOne}
            known={known}
            isMine={isMine}
            me={user.name}
            pane={pane}
            finding={finding}
            revealed={revealed !== undefined && revealed.id === selected ? revealed.number : undefined}
            model={model}
            client={client}
            drafts={drafts.current}
            onClaim={claim}
            onPane={setPane}
            onFinding={setFinding}
            onOpen={setOpen}
            onHide={() => setRevealed(undefined)}
          />
        </div>
      )}
      <NoticeBar state={state} />
      {selected !== undefined && open === 'transfer' && (
        <TransferDialog
          client={client}
          me={user.name}
          onClose={() => setOpen(undefined)}
          onTransfer={async (to) => finished(await model.transfer(selected, to))}
        />
      )}
      {selected !== undefined && open === 'giveBack' && (
        <GiveBackDialog
          onClose={() => setOpen(undefined)}
          onGiveBack={async (summary) => finished(await model.giveBack(selected, summary))}
        />
      )}
      {selected !== undefined && open === 'resolve' && (
        <ResolveDialog
          onClose={() => setOpen(undefined)}
          onResolve={async () => finished(await model.resolve(selected))}
        />
      )}
      {selected !== undefined && open === 'unmask' && (
        <UnmaskDialog
          onClose={() => setOpen(undefined)}
          onUnmask={async (reason) => {
            const number = await model.unmask(selected, reason);
            if (number === undefined) return;
            setRevealed({ id: selected, number });
            setOpen(undefined);
          }}
        />
      )}
      {open === 'help' && (
        <HelpDialog
          singleKeys={singleKeys}
          onSingleKeys={setSingleKeys}
          notices={notices}
          onNotices={setNotices}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}
