import type { CannedAnswers } from '../../services/desk/deskApi';

/** The claims that an answer rests on, by number and source. */
export function Sources(props: {
  readonly claims: CannedAnswers['answers'][number]['claims'];
  readonly lead?: string;
}) {
  return (
    <p className="sources">
      {props.lead !== undefined && <span>{props.lead}</span>}
      {props.claims.map(({ id, source }) => (
        <span key={id} className="source">
          <b>{id}</b> {source}
        </span>
      ))}
    </p>
  );
}
