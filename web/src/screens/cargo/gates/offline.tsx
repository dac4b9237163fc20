import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { OfflineAnswer } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { Section } from '../../../parts/page.tsx';
import { useCommand } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { DropField } from '../drop-field.tsx';
import { Reasons } from '../passports/signs.tsx';
import { readReadings } from './read-readings.ts';

type Answer = z.infer<typeof OfflineAnswer>;

/** Before the network goes: the list to go by. After it is back: what was done meanwhile. */
export function OfflineGate({ gate }: { readonly gate: string | null }) {
  const { t } = useTranslation('cargo');
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const give = useCommand<readonly unknown[], { readonly results: readonly Answer[] }>(
    (readings) => ({ method: 'POST', path: '/api/gates/offline-readings', body: { readings } }),
    ['/api/gates', '/api/passports'],
  );
  const take = (file: File) => {
    give.reset();
    setUnreadable(null);
    void file.text().then((text) => {
      const readings = readReadings(text);
      if (readings && readings.length > 0) give.mutate(readings);
      else setUnreadable(file.name);
    });
  };
  return (
    <Section title={t('offline.title')}>
      <p className="muted">{t('offline.lead')}</p>
      <p>
        {gate ? (
          <a
            href={`/api/gates/${encodeURIComponent(gate)}/offline-list`}
            download={`${gate}-offline.json`}
          >
            {t('offline.download', { gate })}
          </a>
        ) : (
          <span className="faint">{t('offline.chooseGate')}</span>
        )}
      </p>
      <DropField accept=".json,.csv,.ndjson" label={t('offline.drop')} onFile={take} />
      <p className="faint">{t('offline.formats')}</p>
      {unreadable ? (
        <p role="alert" className="wrong">
          {t('offline.unreadable', { name: unreadable })}
        </p>
      ) : null}
      <Trouble error={give.error} />
      {give.data ? <Answers results={give.data.results} /> : null}
    </Section>
  );
}

function Answers({ results }: { readonly results: readonly Answer[] }) {
  const { t } = useTranslation('cargo');
  return (
    <ul className="answer-bills" role="status">
      {results.map(({ reading, outcome, repeated, reasons }) => (
        <li key={reading}>
          <p className="tag-row">
            <b translate="no">{reading}</b>
            <Tag tone={outcome === 'accepted' ? 'green' : outcome === 'flagged' ? 'yellow' : 'red'}>
              {t(`offline.outcome.${outcome}`)}
            </Tag>
            {repeated ? <span className="faint">{t('answer.repeated')}</span> : null}
          </p>
          <Reasons reasons={reasons} />
        </li>
      ))}
    </ul>
  );
}
