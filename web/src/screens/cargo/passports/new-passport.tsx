import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassportAnswer } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { useCommand } from '../../../parts/queries.ts';
import { RefusalList, Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { Conditions } from './conditions.tsx';
import { PassportForm } from './passport-form.tsx';
import { EMPTY, type Typed, toApplication } from './typed.ts';
import { useZones } from './zones.ts';
import '../cargo.css';

/** An enterprise applies for a gate passport; whether it is approved is computed at once, and why not said. */
export function NewPassportScreen() {
  const { t } = useTranslation('cargo');
  const zones = useZones();
  const [typed, setTyped] = useState<Typed>({
    ...EMPTY,
    id: `HF-${Date.now().toString(36).toUpperCase()}`,
  });
  const give = useCommand<Typed, PassportAnswer>(
    (said) => ({ method: 'POST', path: '/api/passports', body: toApplication(said) }),
    ['/api/passports'],
  );
  const zone = zones.find(({ id }) => id === typed.zone);
  return (
    <Page title={t('passports.new')} lead={t('passports.new.lead')}>
      <PassportForm
        typed={typed}
        zones={zones}
        asks={zone?.regime.asks ?? []}
        onChange={(patch) => setTyped((old) => ({ ...old, ...patch }))}
      />
      <Section title={t('passport.apply')}>
        <div className="button-row">
          <Button
            type="primary"
            loading={give.isPending}
            disabled={typed.zone === '' || typed.plate === ''}
            onClick={() => give.mutate(typed)}
          >
            {t('passport.apply')}
          </Button>
        </div>
        <Trouble error={give.error} />
        {give.data ? <Answered answer={give.data} /> : null}
      </Section>
      {give.data && give.data.conditions.length > 0 ? (
        <Conditions conditions={give.data.conditions} />
      ) : null}
    </Page>
  );
}

function Answered({ answer }: { readonly answer: PassportAnswer }) {
  const { t } = useTranslation('cargo');
  const { outcome, number, problems } = answer;
  return (
    <div role="status" className="answer">
      <p className="tag-row">
        <Tag tone={outcome === 'approved' ? 'green' : outcome === 'refused' ? 'red' : 'yellow'}>
          {t(`passport.outcome.${outcome}`)}
        </Tag>
        {number ? (
          <Link to="/passports/$number" params={{ number }} translate="no">
            {number}
          </Link>
        ) : null}
      </p>
      {problems.length > 0 ? <RefusalList refusals={problems} /> : null}
    </div>
  );
}
