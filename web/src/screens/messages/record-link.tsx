import { Link } from '@tanstack/react-router';
import type { DocumentReceipt } from '../../../../src/contexts/messages/contract.ts';

/** What a document of a message became, as everybody else finds it. */
export function RecordLink({
  record,
  ledger,
}: {
  readonly record: DocumentReceipt['record'];
  /** The ledger a bonded list stands in: lists are found there. */
  readonly ledger?: unknown;
}) {
  if (!record) return '—';
  const { kind, id } = record;
  if (kind === 'declaration') {
    return (
      <Link to="/declarations/$id" params={{ id }}>
        {id}
      </Link>
    );
  }
  if (kind === 'manifest') {
    return (
      <Link to="/manifests/$id" params={{ id }}>
        {id}
      </Link>
    );
  }
  if (kind === 'gatePassport') {
    return (
      <Link to="/passports/$number" params={{ number: id }}>
        {id}
      </Link>
    );
  }
  return typeof ledger === 'string' ? (
    <Link to="/bonded/$id" params={{ id: ledger }}>
      {id}
    </Link>
  ) : (
    <span translate="no">{id}</span>
  );
}
