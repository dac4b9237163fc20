import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';

interface Entry {
  readonly kind: string;
  readonly at: string;
  readonly actor: string;
  readonly organisation: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

const SAID = ['reason', 'statement', 'note'] as const;
/** Reasons nobody wrote: the entry says them by its kind. */
const UNWRITTEN: readonly unknown[] = ['blueLane'];

/** What happened, the newest first, with what was said. */
export function Story({ entries }: { readonly entries: readonly Entry[] }) {
  const { sentence } = useMessages();
  const { moment } = useFormat();
  return (
    <ol className="timeline">
      {[...entries].reverse().map(({ kind, at, actor, organisation, payload }) => (
        <li key={`${kind} ${at} ${String(payload.request ?? '')}`}>
          <p className="timeline-head">
            <strong>{sentence(`event.${kind}`)}</strong>
            <time dateTime={at}>{moment(at)}</time>
          </p>
          <p className="faint">
            <span translate="no">{actor}</span>
            {organisation ? (
              <>
                {' · '}
                <OrganisationName id={organisation} />
              </>
            ) : null}
          </p>
          {SAID.map((name) =>
            typeof payload[name] === 'string' &&
            payload[name] !== '' &&
            !UNWRITTEN.includes(payload[name]) ? (
              <p key={name} className="story-detail">
                {payload[name]}
              </p>
            ) : null,
          )}
        </li>
      ))}
    </ol>
  );
}
