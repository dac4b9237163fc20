import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReadingRow } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { Ask } from '../../../parts/ask.tsx';
import { useFormat } from '../../../parts/format.ts';
import { useMay } from '../../../parts/queries.ts';
import { Reasons, Weight } from '../passports/signs.tsx';
import { GateName } from './gate-name.tsx';

const MANUAL = [
  'weighedAgain',
  'differenceExplained',
  'readingFaulty',
  'sealCheckedAndReplaced',
  'examined',
  'emergency',
  'other',
] as const;

/** Vehicles that stand at a barrier until an officer decides, the longest waiting first. */
export function Waiting({ readings }: { readonly readings: readonly ReadingRow[] | undefined }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  if (!readings) return null;
  if (readings.length === 0) return <p className="muted">{t('gates.nobodyWaits')}</p>;
  return (
    <ul className="waiting">
      {readings.map((reading) => (
        <li key={reading.id}>
          <div>
            <p className="tag-row">
              {reading.passport ? (
                <Link to="/passports/$number" params={{ number: reading.passport }} translate="no">
                  <b>{reading.plate}</b>
                </Link>
              ) : (
                <b translate="no">{reading.plate}</b>
              )}
              <GateName gate={reading.gate} lane={reading.lane} />
              <span className="faint">
                {t('gates.waits', { time: format.between(reading.at, null) })}
              </span>
            </p>
            {reading.reasons.length > 0 ? (
              <Reasons reasons={reading.reasons} />
            ) : (
              <Weight weight={reading.weight} />
            )}
          </div>
          {may('cargo.openByHand') ? <Decide reading={reading} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Decide({ reading }: { readonly reading: ReadingRow }) {
  const { t } = useTranslation('cargo');
  return (
    <Ask
      isPrimary
      button={t('gates.decide')}
      title={t('gates.decide.title', { plate: reading.plate })}
      lead={<Reasons reasons={reading.reasons} />}
      stale={['/api/gates', '/api/passports']}
      fields={[
        {
          name: 'decision',
          label: t('field.answer'),
          kind: 'choice',
          options: [
            { value: 'open', label: t('gates.decide.open') },
            { value: 'turnAway', label: t('gates.decide.turnAway') },
          ],
        },
        {
          name: 'reason',
          label: t('field.reason'),
          kind: 'choice',
          options: MANUAL.map((value) => ({ value, label: t(`manualReason.${value}`) })),
        },
        { name: 'note', label: t('field.note'), kind: 'long' },
      ]}
      command={(body) => ({
        method: 'POST',
        path: `/api/gates/readings/${encodeURIComponent(reading.id)}/decision`,
        body,
      })}
    />
  );
}
