import { type DragEvent, useId, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';

/** Takes one file, dropped or chosen. */
export function DropField({
  accept,
  label,
  onFile,
}: {
  readonly accept: string;
  readonly label: string;
  onFile(file: File): void;
}) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent, value: boolean) => {
    event.preventDefault();
    setOver(value);
  };
  return (
    <div className="drop-field">
      <input
        id={id}
        className="visually-hidden drop-input"
        type="file"
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      <label
        htmlFor={id}
        className={isOver ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => over(event, true)}
        onDragLeave={(event) => over(event, false)}
        onDrop={(event) => {
          over(event, false);
          const file = event.dataTransfer.files[0];
          if (file) onFile(file);
        }}
      >
        <Icon name="bulk" size={26} />
        <span>{label}</span>
      </label>
    </div>
  );
}
