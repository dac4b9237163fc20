import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Case } from '../../../../src/contexts/cases/contract.ts';

const KINDS = [
  ...(['declaration', 'yard', 'bill', 'passport', 'release'] as const),
  ...(['stock-bill', 'bonded-filing'] as const),
];
type AboutKind = (typeof KINDS)[number];

const split = ({ about }: Case): readonly [string, string] => {
  const at = about.indexOf(':');
  return [about.slice(0, at), about.slice(at + 1)];
};

/** What kind of thing a case is about; `null` for one that has no page of its own, such as a reading at a gate. */
export const aboutKind = (item: Case): AboutKind | null =>
  KINDS.find((kind) => kind === split(item)[0]) ?? null;

/** Where a case is settled: the page of what it is about. */
export function AboutLink({
  item,
  children,
  className,
}: {
  readonly item: Case;
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  const [, id] = split(item);
  const looks = {
    ...(className === undefined ? { translate: 'no' as const } : { className }),
    children: children ?? id,
  };
  switch (aboutKind(item)) {
    case 'declaration':
      return <Link to="/declarations/$id" params={{ id }} {...looks} />;
    case 'yard':
      return <Link to="/yards/$id" params={{ id }} {...looks} />;
    case 'bill':
      return <Link to="/bills/$number" params={{ number: id }} {...looks} />;
    case 'passport':
      return <Link to="/passports/$number" params={{ number: id }} {...looks} />;
    case 'release':
      return <Link to="/releases/$id" params={{ id }} {...looks} />;
    case 'stock-bill':
      return <Link to="/batches/$id" params={{ id: item.consignment }} {...looks} />;
    case 'bonded-filing': {
      const place = { id: item.consignment, filing: id };
      return <Link to="/bonded/$id/filings/$filing" params={place} {...looks} />;
    }
    case null:
      return <span translate="no">{id}</span>;
  }
}
