import type { PositionRow } from '../../src/contexts/bonded/books/contract.ts';
import { type Client, unlessDone } from './client.ts';

const TAGS_PER_REQUEST = 1_000;

/** A count, tag by tag; closed, so that its figures stand, and explained. */
export async function count(
  erp: Client,
  at: string,
  {
    id,
    name,
    tags,
  }: { readonly id: string; readonly name: string; readonly tags: readonly object[] },
): Promise<void> {
  await erp.post(at, { id, name });
  for (let from = 0; from < tags.length; from += TAGS_PER_REQUEST) {
    const some = tags.slice(from, from + TAGS_PER_REQUEST);
    await unlessDone(() => erp.post(`${at}/${id}/tags`, { tags: some }));
  }
  await unlessDone(() => erp.post(`${at}/${id}/close`, {}));
  await erp.post(`${at}/${id}/explain`, {});
}

/** Tags of a store in which everything is there, as a factory counts it that has made nothing yet. */
export async function tagsOfAll(erp: Client, ledger: string, countedAt: string): Promise<object[]> {
  const asked = `at=${encodeURIComponent(countedAt)}&limit=1000`;
  const { rows } = await erp.get<{ rows: PositionRow[] }>(`${ledger}/position-at?${asked}`);
  return rows.flatMap(({ part, accounts }) => {
    const { rawMaterial: quantity } = accounts;
    return quantity === undefined
      ? []
      : [{ tag: `T-${part}`, part, stock: 'materials', quantity, countedAt }];
  });
}
