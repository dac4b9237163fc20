import type { ReactNode } from 'react';

/** One of a few, each with what it leads to, so that nobody has to remember. */
export function Choice({
  name,
  value,
  options,
  onChange,
}: {
  readonly name: string;
  readonly value: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: ReactNode;
    readonly leadsTo?: ReactNode;
  }[];
  onChange(value: string): void;
}) {
  return (
    <div className="choices">
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className="choice-label">{option.label}</span>
            {option.leadsTo ? <span className="choice-leads">{option.leadsTo}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}
