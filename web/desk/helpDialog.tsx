import { useState } from 'react';
import { useWords } from './language';
import { Modal } from './modal';
import { shortcutKeys } from './shortcuts';

/** The shortcuts, and what this browser remembers: single keys, notifications. */
export function HelpDialog(props: {
  readonly singleKeys: boolean;
  readonly onSingleKeys: (on: boolean) => void;
  readonly notices: boolean;
  readonly onNotices: (on: boolean) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : undefined,
  );
  const chooseNotices = async (on: boolean) => {
    if (!on) return props.onNotices(false);
    const given = permission === 'granted' ? permission : await Notification.requestPermission();
    setPermission(given);
    props.onNotices(given === 'granted');
  };
  return (
    <Modal title={words.help.title} onClose={props.onClose}>
      <div className="switches">
        <label>
          <input
            type="checkbox"
            checked={props.singleKeys}
            aria-describedby="single-keys-hint"
            onChange={(event) => props.onSingleKeys(event.target.checked)}
          />
          <span>{words.help.singleKeys}</span>
        </label>
        <p className="hint" id="single-keys-hint">
          {words.help.singleKeysHint}
        </p>
        <label>
          <input
            type="checkbox"
            checked={props.notices && permission === 'granted'}
            disabled={permission === undefined || permission === 'denied'}
            onChange={(event) => void chooseNotices(event.target.checked)}
          />
          <span>{words.help.notices}</span>
        </label>
        {permission === 'denied' && <p className="hint">{words.help.noticesDenied}</p>}
        {permission === undefined && <p className="hint">{words.help.noticesMissing}</p>}
      </div>
      <h3>{words.help.shortcuts}</h3>
      <dl className="keys">
        {Object.entries(shortcutKeys).map(([key, act]) => (
          <div key={key} className={props.singleKeys ? '' : 'off'}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{words.help.keys[act]}</dd>
          </div>
        ))}
        {(
          [
            ['Enter', 'send'],
            ['Shift + Enter', 'newline'],
            ['Esc', 'leave'],
          ] as const
        ).map(([key, act]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words.help.keys[act]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
