import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  ManifestDetail,
  ManifestRow,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../../parts/page.tsx';
import { useAsk } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { No, Office } from '../signs.tsx';
import { ManifestAnswer } from './answer.tsx';
import '../cargo.css';

/** One manifest: the voyage, and what its filer was answered, part by part. */
export function ManifestScreen() {
  const { t } = useTranslation('cargo');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/manifests/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useAsk<ManifestDetail>(path);
  return (
    <Page
      title={t('manifest.title', { id })}
      lead={data ? t(`manifest.kind.${data.manifest.kind}`) : null}
      actions={
        data?.manifest.direction ? (
          <Link to="/bills" search={{ manifest: id }}>
            {t('manifest.bills')}
          </Link>
        ) : null
      }
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data ? (
        <>
          <Voyage manifest={data.manifest} />
          {data.answers.map((answer) => (
            <Section
              key={answer.part}
              title={t('manifest.part', { part: answer.part, of: data.manifest.of })}
            >
              <ManifestAnswer answer={answer} isDry={false} />
            </Section>
          ))}
        </>
      ) : null}
    </Page>
  );
}

function Voyage({ manifest }: { readonly manifest: ManifestRow }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <Section title={t('manifest.head')}>
      <Pairs
        items={[
          { name: t('field.conveyance'), value: <No>{manifest.conveyance}</No> },
          { name: t('field.voyageNo'), value: <No>{manifest.voyageNo}</No> },
          { name: t('field.date'), value: manifest.date ? format.date(manifest.date) : '—' },
          { name: t('column.carrier'), value: <OrganisationName id={manifest.carrier} /> },
          { name: t('column.terminal'), value: <OrganisationName id={manifest.terminal} /> },
          { name: t('column.office'), value: <Office code={manifest.office} /> },
          { name: t('column.bills'), value: format.number(manifest.bills) },
          { name: t('column.parts'), value: `${manifest.parts} / ${manifest.of}` },
          { name: t('column.filedAt'), value: format.moment(manifest.filedAt) },
        ]}
      />
    </Section>
  );
}
