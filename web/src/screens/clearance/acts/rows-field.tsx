import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExaminationRecord } from '../../../../../src/contexts/clearance/contract.ts';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { Icon } from '../../../parts/icon.tsx';
import { FieldGroup } from './field.tsx';

const replaced = <T,>(list: readonly T[], index: number, value: T): T[] =>
  list.map((old, at) => (at === index ? value : old));
const without = <T,>(list: readonly T[], index: number): T[] =>
  list.filter((_, at) => at !== index);

/** Two places from the start: an examination by one officer is not one. */
export function OfficersField({
  officers,
  refusals,
  onChange,
}: {
  readonly officers: readonly string[];
  readonly refusals: readonly Refusal[];
  onChange(officers: string[]): void;
}) {
  const { t } = useTranslation('clearance');
  return (
    <FieldGroup name="officers" refusals={refusals} hint={t('officers.hint')}>
      <div className="rows-inline">
        {officers.map((officer, index) => (
          <span key={`officer ${String(index)}`} className="row-inline">
            <Input
              aria-label={t('officers.number', { number: index + 1 })}
              placeholder={t('officers.number', { number: index + 1 })}
              value={officer}
              maxLength={80}
              onChange={(event) => onChange(replaced(officers, index, event.target.value))}
            />
            {index > 1 ? (
              <RemoveButton
                label={t('officers.remove', { number: index + 1 })}
                onClick={() => onChange(without(officers, index))}
              />
            ) : null}
          </span>
        ))}
        <AddButton label={t('officers.add')} onClick={() => onChange([...officers, ''])} />
      </div>
    </FieldGroup>
  );
}

/** Samples get their numbers here, so that the laboratory's answer finds its examination. */
export function SamplesField({
  declarationId,
  samples,
  refusals,
  onChange,
}: {
  readonly declarationId: string;
  readonly samples: ExaminationRecord['samples'];
  readonly refusals: readonly Refusal[];
  onChange(samples: ExaminationRecord['samples']): void;
}) {
  const { t } = useTranslation('clearance');
  const next = () => {
    const taken = new Set(samples.map(({ id }) => id));
    let number = samples.length + 1;
    while (taken.has(`${declarationId}-S${number}`)) number += 1;
    return { id: `${declarationId}-S${number}`.slice(-60), laboratory: '' };
  };
  return (
    <FieldGroup name="samples" refusals={refusals} hint={t('samples.hint')}>
      {samples.map((sample, index) => (
        <span key={`sample ${String(index)}`} className="row-inline row-wide">
          <Input
            aria-label={t('samples.id', { number: index + 1 })}
            value={sample.id}
            maxLength={60}
            onChange={(event) =>
              onChange(replaced(samples, index, { ...sample, id: event.target.value }))
            }
          />
          <Input
            aria-label={t('samples.laboratory', { number: index + 1 })}
            placeholder={t('samples.laboratory', { number: index + 1 })}
            value={sample.laboratory}
            maxLength={120}
            onChange={(event) =>
              onChange(replaced(samples, index, { ...sample, laboratory: event.target.value }))
            }
          />
          <RemoveButton
            label={t('samples.remove', { number: index + 1 })}
            onClick={() => onChange(without(samples, index))}
          />
        </span>
      ))}
      <AddButton label={t('samples.add')} onClick={() => onChange([...samples, next()])} />
    </FieldGroup>
  );
}

export function AddButton({ label, onClick }: { readonly label: string; onClick(): void }) {
  return (
    <Button type="dashed" icon={<Icon name="plus" size={15} />} onClick={onClick}>
      {label}
    </Button>
  );
}

export function RemoveButton({ label, onClick }: { readonly label: string; onClick(): void }) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name="close" size={15} />
    </button>
  );
}
