import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../src/contexts/clearance/contract.ts';
import { AsWritten } from './as-written.tsx';
import { useFormat } from './format.ts';
import { useMessages } from './messages.ts';
import { OrganisationName, useOrganisationName } from './organisation-name.tsx';

/** More than this between happening and recording is worth a word. */
const LATE_SECONDS = 3600;

/** The story of a consignment as it happened: what, when in port time, who and for whom, on what basis. */
export function Timeline({
  entries,
  detail,
}: {
  readonly entries: readonly TimelineEntry[];
  /** What to say of one entry's payload. */
  readonly detail?: (entry: TimelineEntry) => ReactNode;
}) {
  const { t } = useTranslation('parts');
  const { moment } = useFormat();
  const { sentence } = useMessages();
  return (
    <ol className="timeline">
      {entries.map((entry) => {
        const late =
          (Date.parse(entry.recordedAt) - Date.parse(entry.occurredAt)) / 1000 > LATE_SECONDS;
        return (
          <li key={entry.id}>
            <p className="timeline-head">
              <strong>{sentence(`event.${entry.kind}`)}</strong>
              <time dateTime={entry.occurredAt}>{moment(entry.occurredAt, { seconds: true })}</time>
            </p>
            <p className="faint">
              <span translate="no">
                <AsWritten>{entry.actor}</AsWritten>
              </span>
              {entry.organisation ? (
                <>
                  {' · '}
                  <OrganisationName id={entry.organisation} />
                </>
              ) : null}
              {entry.onBehalfOf ? <OnBehalfOf party={entry.onBehalfOf} /> : null}
              {[
                entry.legalBasis,
                late ? t('timeline.recorded', { at: moment(entry.recordedAt) }) : null,
              ]
                .filter((said) => said !== null)
                .map((said) => ` · ${said}`)}
            </p>
            {detail?.(entry)}
          </li>
        );
      })}
    </ol>
  );
}

function OnBehalfOf({ party }: { readonly party: string }) {
  const { t } = useTranslation('parts');
  return <> · {t('timeline.onBehalfOf', { party: useOrganisationName(party) })}</>;
}
