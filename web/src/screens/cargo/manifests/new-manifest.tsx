import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  BillInput,
  ManifestResult,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { address } from '../../../parts/api.ts';
import { useFormat } from '../../../parts/format.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { useCommand, useMe } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { download } from '../../clearance/bulk/download.ts';
import { DropField } from '../drop-field.tsx';
import { ManifestAnswer } from './answer.tsx';
import { OneBill } from './one-bill.tsx';
import { type ReadManifest, readManifest, template } from './read-manifest.ts';
import { type Head, startHead, toFiling, VoyageFields } from './voyage-fields.tsx';
import '../cargo.css';

interface Sent {
  readonly isDry: boolean;
  readonly filing: unknown;
}

/** A carrier files a manifest: the voyage, the bills, a try that writes nothing, then for good. */
export function NewManifestScreen() {
  const { t, i18n } = useTranslation('cargo');
  const me = useMe();
  const navigate = useNavigate();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [given, setHead] = useState<Partial<Head>>({});
  const head = { ...startHead(me?.organisation.id ?? ''), ...given };
  const [read, setRead] = useState<(ReadManifest & { readonly name: string }) | null>(null);
  const [typed, setTyped] = useState<readonly BillInput[]>([]);
  const file = useCommand<Sent, ManifestResult>(
    ({ isDry, filing }) => ({
      method: 'POST',
      path: address('/api/manifests', { dryRun: isDry }),
      body: filing,
    }),
    ['/api/manifests', '/api/bills'],
  );
  const bills = [...(read?.kind === 'bills' ? read.bills : []), ...typed];
  const filing = read?.kind === 'filing' ? read.filing : toFiling(head, bills);
  const count = read?.kind === 'filing' ? countOf(read.filing) : bills.length;
  const send = (isDry: boolean) =>
    file.mutate(
      { isDry, filing },
      {
        onSuccess: (answer) => {
          if (!isDry && answer.outcome === 'accepted') {
            void navigate({ to: '/manifests/$id', params: { id: answer.id } });
          }
        },
      },
    );
  const take = (chosen: File) => {
    file.reset();
    void readManifest(chosen).then((said) => setRead({ ...said, name: chosen.name }));
  };
  return (
    <Page title={t('manifests.new')} lead={t('manifests.new.lead')}>
      <Section
        title={t('manifest.file')}
        aside={
          <button
            type="button"
            className="link-button"
            onClick={() => download('manifest.csv', template(language), 'text/csv')}
          >
            {t('manifest.template')}
          </button>
        }
      >
        <DropField accept=".json,.csv,.xlsx" label={t('manifest.drop')} onFile={take} />
        <p className="faint">{t('manifest.formats')}</p>
        {read ? <WasRead read={read} /> : null}
      </Section>
      {read?.kind === 'filing' ? null : (
        <>
          <Section title={t('manifest.head')}>
            <VoyageFields
              head={head}
              onChange={(patch) => setHead((old) => ({ ...old, ...patch }))}
            />
          </Section>
          <OneBill bills={typed} onChange={setTyped} />
        </>
      )}
      <Section title={t('manifest.send')}>
        <p className="muted">{t('manifest.send.lead', { count })}</p>
        <div className="button-row">
          <Button disabled={count === 0} loading={file.isPending} onClick={() => send(true)}>
            {t('dryRun')}
          </Button>
          <Button
            type="primary"
            disabled={count === 0}
            loading={file.isPending}
            onClick={() => send(false)}
          >
            {t('manifest.file.now')}
          </Button>
        </div>
        <Trouble error={file.error} />
        {file.data ? (
          <ManifestAnswer answer={file.data} isDry={file.variables?.isDry ?? false} />
        ) : null}
      </Section>
    </Page>
  );
}

const countOf = (filing: Readonly<Record<string, unknown>>): number =>
  Array.isArray(filing.bills) ? filing.bills.length : 0;

function WasRead({ read }: { readonly read: ReadManifest & { readonly name: string } }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  if (read.kind === 'unreadable') {
    return (
      <p role="alert" className="wrong">
        {t(`manifest.unreadable.${read.why}`, { name: read.name })}
      </p>
    );
  }
  const count = read.kind === 'bills' ? read.bills.length : countOf(read.filing);
  return (
    <p role="status">
      <b>{t('answer.bills', { count, shown: format.number(count) })}</b>{' '}
      <span className="faint" translate="no">
        {read.name}
      </span>
    </p>
  );
}
