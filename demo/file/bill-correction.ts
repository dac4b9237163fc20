import type { BillDetail } from '../../src/contexts/cargo/manifests/contract.ts';
import type { DeclarationContent } from '../../src/contexts/clearance/contract.ts';
import { type Client, PortRefused } from './client.ts';

/** Whether an amendment was refused because the bill has less than is to be declared of it. */
export const exceedsBill = (error: unknown): boolean =>
  error instanceof PortRefused &&
  error.codes.some((code) => code.startsWith('cargo.bill_over_claimed'));

/**
 * An examination found more than the bill has: the carrier corrects its bill first, for the goods of one
 * declaration, and an officer agrees. Done before, it is left as it is.
 */
export async function correctBill(
  { carrier, officer }: { readonly carrier: Client; readonly officer: Client },
  { transport, packages, grossMassKg }: DeclarationContent,
): Promise<void> {
  const path = `/api/bills/${encodeURIComponent(transport.transportDocNo ?? '')}`;
  const { bill } = await carrier.get<BillDetail>(path);
  if (!bill.content) return;
  if (!bill.change) {
    const content = { ...bill.content, packages: packages.count, grossMassKg };
    const reason = '查验发现实际数量与舱单不符，更正舱单';
    const { isPending } = await carrier.post<{ isPending: boolean }>(`${path}/amend`, {
      ...{ content, reason },
    });
    if (!isPending) return;
  }
  await officer.post(`${path}/change-answer`, { approve: true, note: '与查验记录一致' });
}
