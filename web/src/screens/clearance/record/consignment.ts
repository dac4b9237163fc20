import type { z } from 'zod';
import type { BillDetail } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import type { Releases } from '../../../../../src/contexts/cargo/releases/contract.ts';
import type {
  DeclarationDetail,
  TimelineEntry,
} from '../../../../../src/contexts/clearance/contract.ts';
import type { JointOrder } from '../../../../../src/contexts/clearance/linkage/contract.ts';
import type { DeclarationPermits } from '../../../../../src/contexts/clearance/permits/contract.ts';
import type { DutyBill } from '../../../../../src/contexts/duty/contract.ts';
import { useAsk, useMay } from '../../../parts/queries.ts';

export interface Consignment {
  readonly bill: z.infer<typeof BillDetail> | undefined;
  readonly duty: DutyBill | undefined;
  readonly order: z.infer<typeof JointOrder> | undefined;
  readonly permits: DeclarationPermits | undefined;
  readonly releases: z.infer<typeof Releases>['releases'];
}

/**
 * Everything known of one consignment beside its declaration, each from the part that keeps it and only
 * where the reader may; what is not known is left out, never in the way.
 */
export function useConsignment(detail: DeclarationDetail): Consignment {
  const may = useMay();
  const { id, content, status, acceptedAt, conditions } = detail.declaration;
  const at = encodeURIComponent(id);
  const number = content.transport.transportDocNo;
  const isFiled = acceptedAt !== null;
  const asks = (kind: string) => conditions.some((condition) => condition.kind === kind);
  const bill = useAsk<Consignment['bill']>(
    `/api/bills/${encodeURIComponent(number ?? '')}`,
    {},
    number !== null && isFiled && may('cargo.readBills'),
  );
  const duty = useAsk<DutyBill>(`/api/duty/bills/${at}`, {}, isFiled && may('duty.read'));
  const isChecked = asks('quarantineCleared') || asks('authorityCleared');
  const order = useAsk<Consignment['order']>(
    `/api/declarations/${at}/checks`,
    {},
    isChecked && may('clearance.check.read'),
  );
  const permits = useAsk<DeclarationPermits>(
    `/api/declarations/${at}/permits`,
    {},
    isFiled && content.licences.length > 0 && may('clearance.permit.read'),
  );
  const hasGone = ['removed', 'released', 'closed', 'held'].includes(status);
  const releases = useAsk<z.infer<typeof Releases>>(
    `/api/declarations/${at}/releases`,
    {},
    hasGone && may('cargo.readReleases'),
  );
  return {
    bill: bill.data,
    duty: duty.data,
    order: order.data,
    permits: permits.data,
    releases: releases.data?.releases ?? [],
  };
}

/** The consignment's one story: of its declaration, its bill and its duty, in the order things happened. */
export function storyOf(detail: DeclarationDetail, { bill, duty }: Consignment): TimelineEntry[] {
  const seen = new Set<string>();
  return [...detail.timeline, ...ofBill(bill), ...ofDuty(duty)]
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
}

const ofBill = (bill: Consignment['bill']): TimelineEntry[] =>
  (bill?.timeline ?? []).map((entry, seq) => ({
    ...entry,
    seq,
    organisation: entry.organisation,
    onBehalfOf: null,
    payload: entry.payload,
  }));

const ofDuty = (duty: DutyBill | undefined): TimelineEntry[] =>
  (duty?.events ?? []).map(({ id, kind, at, actor, legalBasis }, seq) => ({
    ...{ id, seq, kind, occurredAt: at, recordedAt: at, actor, legalBasis },
    ...{ organisation: null, onBehalfOf: null, payload: {} },
  }));
