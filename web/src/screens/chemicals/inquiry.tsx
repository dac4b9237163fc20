import { Link } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Inquiry,
  InquiryAnswer,
} from '../../../../src/contexts/chemicals/inquiry/contract.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useCommand, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Memberships, Questions, Requirements } from './law.tsx';
import { Substance } from './substance.tsx';
import '../clearance/clearance.css';
import './chemicals.css';

type Asked = Pick<Inquiry, 'text' | 'ieFlag'> & { readonly hsCode?: string };
const EXAMPLES = {
  zh: ['醋酸酐 99% 桶装', '盐酸', '稀释剂（甲苯30%，二甲苯40%，丙酮30%）', 'toluene UN1294'],
  en: [
    'Acetic anhydride 99 %, in drums',
    'Hydrochloric acid',
    'Thinner (toluene 30 %, xylene 40 %, acetone 30 %)',
    '甲苯 UN1294',
  ],
};

/** “What is my product under the law, what do I need, at which window?”, before anything is filed. */
export function InquiryScreen() {
  const { t, i18n } = useTranslation('chemicals');
  const ids = { text: useId(), hs: useId(), direction: useId() };
  const [text, setText] = useState('');
  const [hs, setHs] = useState('');
  const [ieFlag, setDirection] = useState<'I' | 'E'>('I');
  const { mutate, data, error, isPending } = useCommand<Asked, InquiryAnswer>((body) => ({
    ...{ method: 'POST', path: '/api/chemicals/identify', body },
  }));
  const ask = (what: string) => {
    const isCode = /^\d{4,10}$/.test(hs);
    mutate({ text: what, ieFlag, ...(isCode && { hsCode: hs }) });
  };
  return (
    <Page title={t('inquiry.title')} lead={t('inquiry.lead')} actions={<Onward />}>
      <Section title={t('inquiry.product')}>
        <form
          className="inquiry"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') ask(text);
          }}
        >
          <div className="field">
            <label htmlFor={ids.text}>{t('inquiry.text')}</label>
            <Input.TextArea
              id={ids.text}
              rows={3}
              maxLength={10_000}
              value={text}
              placeholder={t('inquiry.hint')}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <div className="inquiry-row">
            <div className="field">
              <span className="field-label" id={ids.direction}>
                {t('inquiry.direction')}
              </span>
              <Segmented
                aria-labelledby={ids.direction}
                value={ieFlag}
                options={(['I', 'E'] as const).map((value) => ({ value, label: t(`ie.${value}`) }))}
                onChange={setDirection}
              />
            </div>
            <div className="field">
              <label htmlFor={ids.hs}>{t('inquiry.hs')}</label>
              <Input
                id={ids.hs}
                inputMode="numeric"
                maxLength={10}
                value={hs}
                onChange={(event) => setHs(event.target.value)}
              />
            </div>
            <Button
              type="primary"
              htmlType="submit"
              loading={isPending}
              disabled={text.trim() === ''}
            >
              {t('inquiry.ask')}
            </Button>
          </div>
        </form>
      </Section>
      <Trouble error={error} />
      {data ? (
        <Answer answer={data} />
      ) : (
        <EmptyState icon="search" title={t('inquiry.empty')}>
          <p>{t('inquiry.empty.text')}</p>
          <p className="examples">
            {EXAMPLES[i18n.language === 'en' ? 'en' : 'zh'].map((example) => (
              <Button
                key={example}
                size="small"
                onClick={() => {
                  setText(example);
                  ask(example);
                }}
              >
                <AsWritten>{example}</AsWritten>
              </Button>
            ))}
          </p>
        </EmptyState>
      )}
    </Page>
  );
}

/** For those who judge by the lists: where they come from, and what recognition has brought. */
function Onward() {
  const { t } = useTranslation('chemicals');
  const may = useMay();
  return (
    <>
      {may('chemicals.readLists') ? <Link to="/chemicals/lists">{t('official.title')}</Link> : null}
      {may('clearance.watchChemicals') ? (
        <Link to="/chemicals/watch">{t('watch.title')}</Link>
      ) : null}
    </>
  );
}

function Answer({ answer }: { readonly answer: InquiryAnswer }) {
  const { t } = useTranslation('chemicals');
  const { identification, position } = answer;
  return (
    <div className="two">
      <div>
        <Section title={t('what')}>
          <Substance identification={identification} />
        </Section>
        {identification.unknown ? null : (
          <Section title={t('lists')}>
            <Memberships memberships={position.memberships} />
          </Section>
        )}
      </div>
      {identification.unknown ? null : (
        <div>
          <Section title={t('requires')}>
            <Questions questions={position.questions} />
            <Requirements requirements={position.requirements} />
          </Section>
          <p className="faint">{t('inquiry.caution')}</p>
        </div>
      )}
    </div>
  );
}
