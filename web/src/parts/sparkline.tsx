/** The shape of a series, at a glance; its numbers are on the figure's page. Gaps are days with no value. */
export function Sparkline({
  values,
  label,
  width = 120,
  height = 32,
}: {
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (index: number) => 2 + (index / (values.length - 1)) * (width - 6);
  const y = (value: number) => height - 4 - ((value - low) / span) * (height - 8);
  let path = '';
  let pen = false;
  let last: readonly [number, number] | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }
    last = [x(index), y(value)];
    path += `${pen ? 'L' : 'M'}${last[0].toFixed(1)} ${last[1].toFixed(1)}`;
    pen = true;
  });
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={path} />
      {last ? <circle cx={last[0]} cy={last[1]} r="2.5" /> : null}
    </svg>
  );
}
