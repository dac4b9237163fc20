import { Refused } from '../../kernel/refusal.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import type { Resource } from '../identity/index.ts';
import { findRow } from './store.ts';

/** Whom a declaration concerns, for the parts of clearance that keep records beside it; refuses when there is none. */
export async function whomItConcerns(db: Db, id: string): Promise<Required<Resource>> {
  const row = await findRow(db, id);
  if (!row) throw new Refused('not_found', { code: 'clearance.not_found', seen: id });
  return {
    organisations: [row.organisation, row.domesticUscc],
    offices: [row.declarationOffice, row.borderOffice, row.examinationOffice],
  };
}
