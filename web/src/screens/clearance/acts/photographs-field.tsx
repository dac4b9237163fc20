import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { upload } from '../../../parts/api.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { useObjectUrl } from '../record/photograph.tsx';
import { FieldGroup } from './field.tsx';
import { RemoveButton } from './rows-field.tsx';

interface Shot {
  readonly key: number;
  readonly file: File;
  readonly share: number;
  /** Its address on the server, once it is there. */
  readonly id: string | null;
  readonly error: unknown;
}

const PHOTOGRAPHS_MAX = 50;

/** Photographs go up as they are taken; only those that arrived belong to the record. */
export function PhotographsField({
  refusals,
  onChange,
  onBusy,
}: {
  readonly refusals: readonly Refusal[];
  onChange(ids: string[]): void;
  onBusy(isBusy: boolean): void;
}) {
  const { t } = useTranslation('clearance');
  const input = useId();
  const [shots, setShots] = useState<readonly Shot[]>([]);
  const nextKey = useRef(0);
  const tell = useRef({ onChange, onBusy });
  tell.current = { onChange, onBusy };
  useEffect(() => {
    tell.current.onChange(shots.flatMap(({ id }) => id ?? []));
    tell.current.onBusy(shots.some(({ id, error }) => id === null && !error));
  }, [shots]);

  const update = (key: number, patch: Partial<Shot>) =>
    setShots((all) => all.map((shot) => (shot.key === key ? { ...shot, ...patch } : shot)));
  const send = ({ key, file }: Shot) => {
    update(key, { error: null, share: 0 });
    upload<{ readonly id: string }>('/api/files', file, (share) => update(key, { share })).then(
      ({ id }) => update(key, { id, share: 1 }),
      (error: unknown) => update(key, { error }),
    );
  };
  const add = (files: readonly File[]) => {
    const added = files.slice(0, PHOTOGRAPHS_MAX - shots.length).map((file) => {
      nextKey.current += 1;
      return { key: nextKey.current, file, share: 0, id: null, error: null };
    });
    setShots((all) => [...all, ...added]);
    for (const shot of added) send(shot);
  };
  return (
    <FieldGroup name="photographs" refusals={refusals} isOptional>
      <div className="photographs">
        {shots.map((shot, index) => (
          <ShotPreview
            key={shot.key}
            shot={shot}
            number={index + 1}
            onRetry={() => send(shot)}
            onRemove={() => setShots(shots.filter((other) => other !== shot))}
          />
        ))}
        <label className="photograph photograph-add" htmlFor={input}>
          <Icon name="plus" />
          {t('photo.add')}
        </label>
        <input
          id={input}
          className="visually-hidden"
          type="file"
          accept="image/*"
          multiple
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
    </FieldGroup>
  );
}

function ShotPreview({
  shot,
  number,
  onRetry,
  onRemove,
}: {
  readonly shot: Shot;
  readonly number: number;
  onRetry(): void;
  onRemove(): void;
}) {
  const { t } = useTranslation('clearance');
  const { percent, bytes } = useFormat();
  const source = useObjectUrl(shot.file);
  return (
    <span className="photograph-taken">
      <span className="photograph">
        {source ? <img src={source} alt={t('photo.named', { name: shot.file.name })} /> : null}
      </span>
      <span className="faint photograph-state" role="status">
        {shot.id ? bytes(shot.file.size) : shot.error ? null : percent(shot.share, 0)}
      </span>
      <RemoveButton label={t('photo.remove', { number })} onClick={onRemove} />
      {shot.error ? <Trouble error={shot.error} onRetry={onRetry} /> : null}
    </span>
  );
}
