import { useEffect, useState } from 'react';
import type { LoadAnswer } from '../../services/desk/deskApi';
import { type DeskClient, exportAddress, Refused } from './deskClient';
import { useLanguage, wordFor } from './language';

const pauseMs = 5_000;

/** For supervisors: how full it is, how long people wait, who talks to whom. */
export function LoadView(props: { readonly client: DeskClient; readonly onOpen: (id: string) => void }) {
  const { words, time } = useLanguage();
  const { client } = props;
  const [load, setLoad] = useState<LoadAnswer>();
  const [readAtMs, setReadAtMs] = useState(0);
  const [refused, setRefused] = useState<Refused>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const read = async () => {
      try {
        const answer = await client.load();
        if (isOver) return;
        setLoad(answer);
        setReadAtMs(Date.now());
        setRefused(undefined);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (isOver) return;
        setRefused(error);
      }
      timer = setTimeout(() => void read(), pauseMs);
    };
    void read();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client]);

  const tiles: readonly (readonly [string, string])[] =
    load === undefined
      ? []
      : [
          [words.load.waiting, words.load.people(load.waiting)],
          [words.load.active, words.load.people(load.active)],
          [words.load.longest, words.duration(load.longestWaitMs)],
          [
            words.load.median,
            load.medianPickupMs === null ? words.load.unknown : words.duration(load.medianPickupMs),
          ],
        ];
  return (
    <main className="load">
      <header>
        <h2 id="talk-title" tabIndex={-1}>
          {words.load.title}
        </h2>
        {readAtMs > 0 && <p className="hint">{words.load.updated(time(readAtMs))}</p>}
        <a className="secondary" href={exportAddress} download>
          {words.load.export}
        </a>
      </header>
      {refused !== undefined && (
        <p className="trouble" role="alert">
          {words.errors[refused.code]}
        </p>
      )}
      <dl className="tiles">
        {tiles.map(([name, value]) => (
          <div key={name} className="tile">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {load !== undefined && <Tables load={load} onOpen={props.onOpen} />}
    </main>
  );
}

function Tables({ load, onOpen }: { readonly load: LoadAnswer; readonly onOpen: (id: string) => void }) {
  const { words } = useLanguage();
  return (
    <>
      <section>
        <h3>{words.load.agents}</h3>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.load.name}</th>
              <th scope="col">{words.load.state}</th>
              <th scope="col">{words.load.open}</th>
            </tr>
          </thead>
          <tbody>
            {load.agents.map(({ name, role, online, open }) => (
              <tr key={name}>
                <th scope="row">
                  {name} <span className="hint">{words.roles[role]}</span>
                </th>
                <td>
                  <span className={online ? 'chip good' : 'chip'}>
                    {online ? words.transfer.online : words.transfer.away}
                  </span>
                </td>
                <td>
                  {open.length === 0 ? (
                    <span className="hint">{words.load.none}</span>
                  ) : (
                    <ul className="opened">
                      {open.map((summary) => (
                        <li key={summary.id}>
                          <button type="button" className="secondary" onClick={() => onOpen(summary.id)}>
                            {words.load.look(
                              wordFor(words.topics, summary.topic ?? '') ||
                                wordFor(words.reasons, summary.reason),
                            )}
                          </button>
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section>
        <h3>{words.load.bySkill}</h3>
        {load.bySkill.length === 0 ? (
          <p className="empty">{words.load.noSkill}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.load.skill}</th>
                <th scope="col">{words.load.waiting}</th>
                <th scope="col">{words.load.longest}</th>
              </tr>
            </thead>
            <tbody>
              {load.bySkill.map(({ skill, waiting, longestWaitMs }) => (
                <tr key={skill}>
                  <th scope="row">{wordFor(words.skills, skill)}</th>
                  <td>{words.load.people(waiting)}</td>
                  <td>{words.duration(longestWaitMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}
