import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.ts';
import { Icon } from './icon.tsx';
import { usePreference } from './preferences.ts';
import { type UrlState, useUrlState } from './url-state.ts';

interface SavedView {
  readonly name: string;
  readonly state: UrlState;
}

const VIEWS_MAX = 30;

/** Saved views, the choice of columns, and the way out to a spreadsheet. */
export function TableTools<Row>({
  name,
  columns,
  shown,
  onShown,
  exportHref,
}: {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly string[];
  onShown(ids: readonly string[]): void;
  readonly exportHref?: string;
}) {
  const { t } = useTranslation('parts');
  return (
    <div className="table-tools">
      <Popover trigger={['click']} placement="bottomRight" content={<Views name={name} />}>
        <Button type="text" size="small" icon={<Icon name="bookmark" size={15} />}>
          {t('views.title')}
        </Button>
      </Popover>
      <Popover
        trigger={['click']}
        placement="bottomRight"
        content={
          <fieldset className="column-choice">
            <legend>{t('columns.title')}</legend>
            {columns
              .filter((column) => !column.isName)
              .map((column) => (
                <Checkbox
                  key={column.id}
                  checked={shown.includes(column.id)}
                  onChange={(event) =>
                    onShown(
                      event.target.checked
                        ? [...shown, column.id]
                        : shown.filter((id) => id !== column.id),
                    )
                  }
                >
                  {column.title}
                </Checkbox>
              ))}
          </fieldset>
        }
      >
        <Button type="text" size="small" icon={<Icon name="columns" size={15} />}>
          {t('columns.title')}
        </Button>
      </Popover>
      {exportHref ? (
        <Button
          type="text"
          size="small"
          href={exportHref}
          download
          icon={<Icon name="download" size={15} />}
        >
          {t('export')}
        </Button>
      ) : null}
    </div>
  );
}

function Views({ name }: { readonly name: string }) {
  const { t } = useTranslation('parts');
  const [views, setViews] = usePreference<readonly SavedView[]>(`views.${name}`, []);
  const [state] = useUrlState();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const { cursor: _, ...filters } = state;
  const save = () => {
    const named = title.trim();
    if (!named) return;
    const others = views.filter((view) => view.name !== named);
    setViews([...others, { name: named, state: filters }].slice(-VIEWS_MAX));
    setTitle('');
  };
  return (
    <div className="views">
      {views.length === 0 ? <p className="faint">{t('views.none')}</p> : null}
      <ul>
        {views.map((view) => (
          <li key={view.name}>
            <button
              type="button"
              className="link-button"
              onClick={() => void navigate({ to: '.', search: () => view.state })}
            >
              {view.name}
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={t('views.remove', { name: view.name })}
              onClick={() => setViews(views.filter((other) => other !== view))}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
      <div className="views-save">
        <Input
          size="small"
          maxLength={40}
          value={title}
          aria-label={t('views.name')}
          placeholder={t('views.name')}
          onChange={(event) => setTitle(event.target.value)}
          onPressEnter={save}
        />
        <Button size="small" onClick={save} disabled={!title.trim()}>
          {t('views.save')}
        </Button>
      </div>
    </div>
  );
}
