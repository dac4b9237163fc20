import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CauseRow, RemedyDraft } from '../../../../src/contexts/bonded/explain/contract.ts';
import { Ask } from '../../parts/ask.tsx';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { useMay } from '../../parts/queries.ts';
import { Tag } from '../../parts/tag.tsx';
import { ledgerPath } from './ledger-page.tsx';

/** Where a cause stands: in a run of the explanation of a count, at a spot, in one of its sets of causes. */
export interface RemedyPlace {
  /** The count's. */
  readonly path: string;
  readonly run: number;
  readonly number: number;
  readonly possible: number | null;
  readonly cause: number;
}

/** Remedies that events can do. */
const BY_EVENTS: ReadonlySet<RemedyDraft['kind']> = new Set(['reverse', 'replace', 'enter']);

/** Causes of one difference, each with its exact quantity, the records that show it, and what to do about it. */
export function Causes({
  id,
  causes,
  place,
}: {
  readonly id: string;
  readonly causes: readonly CauseRow[];
  readonly place: Omit<RemedyPlace, 'cause'>;
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return (
    <ul className="cause-list">
      {causes.map(({ cause, grade, quantity, records, remedy }, at) => (
        <li key={`${cause} ${quantity} ${records.join()}`}>
          <p className="tag-row">
            <b>{t(`cause.${cause}`)}</b>
            <span className="amount">{format.decimal(quantity)}</span>
            <Tag tone={grade === 'pattern' ? 'plain' : 'green'}>{t(`grade.${grade}`)}</Tag>
          </p>
          <p className="faint">
            {records.map((record) => (
              <RecordName key={record} id={id} record={record} />
            ))}
          </p>
          <Remedy id={id} remedy={remedy} place={{ ...place, cause: at }} />
        </li>
      ))}
    </ul>
  );
}

const RECORD_KINDS = ['posting', 'paper', 'order', 'tag'] as const;

/** What a record is and where it can be seen: `posting:ERP-7#0`, `order:W1#STEEL`. */
function RecordName({ id, record }: { readonly id: string; readonly record: string }) {
  const { t } = useTranslation('bonded');
  const [head = '', ...rest] = record.split(':');
  const kind = RECORD_KINDS.find((each) => each === head);
  const [name = ''] = rest.join(':').split('#');
  if (!kind) return <code translate="no">{record} </code>;
  return (
    <span className="record-name">
      {t(`record.${kind}`)}{' '}
      {kind === 'order' ? (
        <Link to="/bonded/$id/orders/$order" params={{ id, order: name }} translate="no">
          {name}
        </Link>
      ) : (
        <code translate="no">{name}</code>
      )}{' '}
    </span>
  );
}

/** What may be done, as a draft. What an event can do is entered here and now, after one look at it. */
export function Remedy({
  id,
  remedy,
  place,
}: {
  readonly id: string;
  readonly remedy: RemedyDraft | null;
  /** Where the draft stands in its explanation; `null` for what is left when all causes are told. */
  readonly place: RemedyPlace | null;
}) {
  const { t } = useTranslation('bonded');
  const { sentence } = useMessages();
  const format = useFormat();
  const may = useMay();
  if (remedy === null) return null;
  const amount = (line: { readonly part: string; readonly quantity: string }) =>
    `${line.part} ${format.decimal(line.quantity)}`;
  const said = (): string => {
    switch (remedy.kind) {
      case 'entered':
      case 'release':
      case 'reverse':
        return t(`remedy.${remedy.kind}`, { event: remedy.event });
      case 'replace':
        return t('remedy.replace', {
          event: remedy.event,
          lines: remedy.by.map(amount).join('，'),
        });
      case 'enter': {
        const { kind, lines } = remedy.draft;
        return t('remedy.enter', {
          kind: kind === null ? '' : sentence(`event.bonded.${kind}`),
          lines: lines.map(amount).join('，'),
        });
      }
      case 'recount':
        return t('remedy.recount', { part: remedy.part, bins: remedy.bins.join('，') });
      default:
        return t(`remedy.${remedy.kind}`, { amount: amount(remedy) });
    }
  };
  return (
    <div className="remedy">
      <span>
        <span className="faint">{t('remedy.title')}</span> {said()}
      </span>
      {place && BY_EVENTS.has(remedy.kind) && may('bonded.postEvents') ? (
        <Ask
          button={t('remedy.do')}
          title={said()}
          lead={t('remedy.do.lead')}
          fields={[]}
          stale={[ledgerPath(id)]}
          command={() => ({
            method: 'POST',
            path: `${place.path}/explanation/${place.number}/remedy`,
            body: { run: place.run, cause: place.cause, possible: place.possible },
          })}
        />
      ) : null}
    </div>
  );
}
