import { useTranslation } from 'react-i18next';
import { Ask, type AskField } from '../../../parts/ask.tsx';
import { useFormat } from '../../../parts/format.ts';
import { useMe } from '../../../parts/queries.ts';
import { useZones } from './zones.ts';

const VEHICLES = ['container', 'van', 'tanker', 'flatbed', 'other'] as const;

/** A registered vehicle is approved without an officer. */
export function RegisterVehicle() {
  const { t } = useTranslation('cargo');
  const me = useMe();
  return (
    <Ask
      button={t('vehicle.register')}
      lead={t('vehicle.register.lead')}
      stale={['/api/vehicles']}
      fields={[
        { name: 'plate', label: t('field.plate'), kind: 'text' },
        { name: 'tareKg', label: t('field.tareKg'), kind: 'amount' },
        {
          name: 'kind',
          label: t('field.vehicleKind'),
          kind: 'choice',
          options: VEHICLES.map((value) => ({ value, label: t(`vehicle.${value}`) })),
        },
      ]}
      command={(said) => ({
        method: 'PUT',
        path: '/api/vehicles',
        body: { ...said, organisation: me?.organisation.id ?? '' },
      })}
    />
  );
}

/** The content of a list (核注清单) that passports will be bound to: a line each, `description, quantity, unit`. */
export function RegisterPaper() {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const me = useMe();
  const zones = useZones();
  const fields: AskField[] = [
    { name: 'no', label: t('field.paperNo'), kind: 'text' },
    {
      name: 'zone',
      label: t('column.zone'),
      kind: 'choice',
      options: zones.map(({ id, label }) => ({ value: id, label: format.label(label) })),
    },
    {
      name: 'direction',
      label: t('field.way'),
      kind: 'choice',
      options: (['in', 'out'] as const).map((value) => ({ value, label: t(`way.${value}`) })),
    },
    { name: 'declaration', label: t('field.declarationId'), kind: 'text', isOptional: true },
    { name: 'lines', label: t('field.lines'), kind: 'long', hint: t('field.paperLines.hint') },
  ];
  return (
    <Ask
      button={t('gatePaper.register')}
      lead={t('gatePaper.register.lead')}
      stale={['/api/passports']}
      fields={fields}
      command={({ lines = '', declaration, ...said }) => ({
        method: 'PUT',
        path: '/api/gate-papers',
        body: {
          ...said,
          kind: 'list',
          organisation: me?.organisation.id ?? '',
          declaration: declaration || null,
          lines: readLines(lines),
        },
      })}
    />
  );
}

const readLines = (text: string) =>
  text
    .split(/\n/)
    .map((line) => line.trim().split(/\s*[,，;\t]\s*/))
    .filter(([description]) => description)
    .map(([description, quantity = '', unit = ''], index) => ({
      ...{ lineNo: index + 1, description, quantity, unit },
    }));
