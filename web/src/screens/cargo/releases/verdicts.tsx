import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../../../../src/contexts/cargo/releases/contract.ts';
import { send } from '../../../parts/api.ts';
import { useFormat } from '../../../parts/format.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';

const GOOD: ReadonlySet<string> = new Set(['intact', 'trusted', 'inForce']);
const OPEN: ReadonlySet<string> = new Set(['notChecked']);
const toneOf = (verdict: string): Tone =>
  GOOD.has(verdict) ? 'green' : OPEN.has(verdict) ? 'yellow' : 'red';

/** Three verdicts that do not depend on each other; anybody can reach them without asking us. */
export function Verdicts({ signed }: { readonly signed: string }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const path = '/api/releases/verification';
  const { data, error, refetch } = useQuery({
    queryKey: [path, signed],
    queryFn: () => send<Verification>('POST', path, { signed }),
  });
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  const { integrity, issuer, status, revocations } = data;
  return (
    <>
      <dl className="verdicts">
        <Verdict name={t('verdict.integrity')} value={integrity}>
          {t(`integrity.${integrity}`)}
        </Verdict>
        <Verdict name={t('verdict.issuer')} value={issuer}>
          {t(`issuer.${issuer}`)}
        </Verdict>
        <Verdict name={t('verdict.status')} value={status}>
          {t(`validity.${status}`)}
        </Verdict>
      </dl>
      {revocations ? (
        <p className="faint">
          {t('verdict.list', {
            number: revocations.number,
            at: format.moment(revocations.issuedAt, { seconds: true }),
          })}
        </p>
      ) : null}
    </>
  );
}

function Verdict({
  name,
  value,
  children,
}: {
  readonly name: string;
  readonly value: string;
  readonly children: string;
}) {
  const tone = toneOf(value);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Tag tone={tone} icon={tone === 'green' ? 'done' : tone === 'red' ? 'error' : 'warning'}>
          {children}
        </Tag>
      </dd>
    </div>
  );
}
