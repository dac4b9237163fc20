import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../../../src/contexts/cargo/contract.ts';
import { AsWritten } from '../../../parts/as-written.tsx';
import { Section } from '../../../parts/page.tsx';
import { Timeline } from '../../../parts/timeline.tsx';
import { PlaceName } from '../journey.tsx';
import { useStageName } from '../stage-name.ts';

/** Everything that happened to the bill, and to the declarations on it. */
export function BillStory({ timeline }: { readonly timeline: readonly TimelineEntry[] }) {
  const { t } = useTranslation('cargo');
  return (
    <Section title={t('story.title')}>
      <Timeline
        entries={timeline.map((entry) => ({ ...entry, seq: 0, onBehalfOf: null }))}
        detail={({ payload }) => <Detail payload={payload} />}
      />
    </Section>
  );
}

function Detail({ payload }: { readonly payload: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('cargo');
  const stageName = useStageName();
  const text = (name: string): string | null => {
    const value = payload[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const declaration = text('declaration');
  const stage = text('stage');
  const expected = text('expected');
  const place = text('premises') ?? text('place');
  const said = [
    expected ? t('discrepancy.text', { expected, found: text('found') ?? '—' }) : null,
    stage ? stageName(stage) : null,
    text('reason'),
    text('note'),
  ].filter(Boolean);
  if (!declaration && !place && said.length === 0) return null;
  return (
    <p className="muted">
      {place ? <PlaceName place={place} /> : null}
      {place && said.length > 0 ? ' · ' : null}
      <AsWritten>{said.join(' · ')}</AsWritten>
      {declaration ? (
        <>
          {place || said.length > 0 ? ' · ' : null}
          <Link to="/declarations/$id" params={{ id: declaration }} translate="no">
            {declaration}
          </Link>
        </>
      ) : null}
    </p>
  );
}
