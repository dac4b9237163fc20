import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  Declaration,
  DeclarationDetail,
} from '../../../../src/contexts/clearance/contract.ts';
import { Code, Page, Section } from '../../parts/page.tsx';
import { useAsk, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { LaneTag, StatusTag } from '../../parts/tag.tsx';
import { ChemicalSection } from '../chemicals/panel.tsx';
import { ActPanel } from './acts/act-panel.tsx';
import { CargoSection } from './record/cargo-section.tsx';
import { Clocks } from './record/clocks.tsx';
import { Conditions } from './record/conditions.tsx';
import { storyOf, useConsignment } from './record/consignment.ts';
import { Content } from './record/content.tsx';
import { DecisionSection } from './record/decision-section.tsx';
import { Examinations } from './record/examinations.tsx';
import { FirstWord } from './record/first-word.tsx';
import { mainLineOf } from './record/main-line.ts';
import { MoneySection } from './record/money-section.tsx';
import {
  AuditsSection,
  ChecksSection,
  NoticesSection,
  PermitsSection,
} from './record/papers-sections.tsx';
import { Story } from './record/story.tsx';
import './clearance.css';

/** One declaration: first what matters now, then what can be done, then everything it stands on. */
export function DeclarationScreen() {
  const { t } = useTranslation('clearance');
  // The words of every part shown here, at once: a page that stands does not blank when a part arrives.
  useTranslation(['cargo', 'duty', 'authorities', 'chemicals']);
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useAsk<DeclarationDetail>(
    `/api/declarations/${encodeURIComponent(id)}`,
  );
  if (!data) {
    return (
      <Page title={t('declaration.title', { number: id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
        {error ? null : <div className="record-wait" aria-hidden="true" />}
      </Page>
    );
  }
  return <Record data={data} />;
}

/** The consignment as it stands: its declaration, and beside it what other parts of the port know. */
function Record({ data }: { readonly data: DeclarationDetail }) {
  const { t } = useTranslation('clearance');
  const consignment = useConsignment(data);
  const { declaration, decision, allowed } = data;
  return (
    <Page
      title={declaration.number ?? declaration.id}
      lead={<Head declaration={declaration} />}
      actions={<Onward declaration={declaration} />}
    >
      <FirstWord declaration={declaration} />
      <ActPanel key={declaration.id} detail={data} allowed={allowed} />
      {consignment.bill ? <CargoSection detail={consignment.bill} /> : null}
      <div className="two">
        <div>
          {declaration.examinations.length > 0 ? <Examinations declaration={declaration} /> : null}
          {decision ? (
            <Section title={t('decision.title')}>
              <DecisionSection decision={decision} />
            </Section>
          ) : null}
          <ChemicalSection id={declaration.id} />
          <Content declaration={declaration} />
        </div>
        <div>
          {declaration.conditions.length > 0 ? (
            <Section title={t('conditions.title')}>
              <Conditions declaration={declaration} />
            </Section>
          ) : null}
          {declaration.clocks.length > 0 ? (
            <Section title={t('clocks.title')}>
              <Clocks declaration={declaration} />
            </Section>
          ) : null}
          {consignment.order ? <ChecksSection order={consignment.order} /> : null}
          {consignment.permits ? <PermitsSection permits={consignment.permits.permits} /> : null}
          {consignment.duty ? <MoneySection bill={consignment.duty} /> : null}
          <NoticesSection releases={consignment.releases} />
          {declaration.releasedAt ? <AuditsSection id={declaration.id} /> : null}
          <Section title={t('consignment.story')}>
            <Story entries={storyOf(data, consignment)} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

function Head({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { content, lane, status } = declaration;
  const main = mainLineOf(content.lines);
  const goods = [
    main?.description ?? t('head.noGoods'),
    content.lines.length > 1 ? t('list.lines', { count: content.lines.length }) : null,
  ];
  return (
    <span className="record-head">
      <span className="record-tags">
        <StatusTag status={status} />
        <LaneTag lane={lane} />
        <span>{t(`ie.${content.ieFlag}`)}</span>
        {declaration.number ? <Code>{declaration.id}</Code> : null}
      </span>
      <span>
        {goods.filter(Boolean).join(' · ')}
        {content.parties.domestic?.name ? ` — ${content.parties.domestic.name}` : null}
      </span>
    </span>
  );
}

/** Where one goes from here: a declarant to a new filing like this one, an officer to the firm's others. */
function Onward({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const may = useMay();
  const { id, status, content } = declaration;
  if (status === 'draft' || status === 'returned') return null;
  if (may('clearance.file')) {
    return (
      <Link to="/file" search={{ from: id }}>
        {t('head.copy')}
      </Link>
    );
  }
  const party = content.parties.domestic?.uscc;
  return party ? (
    <Link to="/declarations" search={{ party }}>
      {t('head.sameParty')}
    </Link>
  ) : null;
}
