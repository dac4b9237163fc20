import { useTranslation } from 'react-i18next';
import type { BillContent } from '../../../../../../src/contexts/cargo/manifests/contract.ts';
import { BeforeAfter } from '../../before-after.tsx';
import type { BillChange } from './changes.ts';

/** What a correction would make of a bill and of its house bills. */
export function BillChanges({ changes }: { readonly changes: readonly BillChange[] }) {
  const { t } = useTranslation('cargo');
  return (
    <BeforeAfter
      rows={changes.map(({ house, field, before, after }) => ({
        name: [house, t(`content.${field}`)].filter(Boolean).join(' · '),
        before,
        after,
      }))}
    />
  );
}

const FIELDS = new Set([
  ...['number', 'description', 'packages', 'packageKind', 'grossMassKg', 'marks', 'shipper'],
  ...['consignee', 'loadingPort', 'dischargePort', 'dangerous', 'containers', 'content'],
]);

/** The reader's name for a path such as `houses[1].grossMassKg`: the house's number, then the field. */
export function useBillFieldLabel(content: BillContent): (path: string) => string {
  const { t } = useTranslation('cargo');
  return (path) => {
    const [, place, rest = ''] = /^(?:content\.)?(?:houses\[(\d+)\]\.)?(.*)$/.exec(path) ?? [];
    const [field = ''] = rest.split(/[.[]/);
    const house = place === undefined ? null : content.houses[Number(place)]?.number;
    const name = FIELDS.has(field) ? t(`content.${field as 'marks'}`) : rest;
    return [house, name].filter(Boolean).join(' · ');
  };
}
