import { useFormat } from '../../parts/format.ts';

/** How much of a cap is taken, part by part. The words and the amounts say it; the bar shows it. */
export function UseBar({
  label,
  cap,
  parts,
}: {
  readonly label: string;
  readonly cap: string;
  readonly parts: readonly {
    readonly amount: string;
    readonly look: 'done' | 'held';
    readonly word: string;
  }[];
}) {
  const format = useFormat();
  // A width on the screen is the one place where a quantity may become a float.
  const share = (amount: string): string =>
    `${Math.min(100, (Number(amount) / Number(cap)) * 100)}%`;
  const said = parts.map(({ amount, word }) => `${word} ${format.decimal(amount)}`).join(', ');
  return (
    <span className="use-bar" role="img" aria-label={`${label}: ${said} / ${format.decimal(cap)}`}>
      {parts.map(({ amount, look, word }) => (
        <span key={word} className={`use-${look}`} style={{ width: share(amount) }} />
      ))}
    </span>
  );
}
