import type { EventRecord } from '../../../kernel/event.ts';
import type { Payloads } from './events.ts';

/** What a bill's event answers of a declaration's conditions. */
export type ManifestAnswer = {
  readonly declaration: string;
  readonly event: EventRecord;
} & (
  | { readonly condition: 'manifestMatched'; readonly evidence: string }
  | { readonly arrivedAt: string }
);

/** The kinds `manifestAnswersOf` reads. */
export const ANSWERING_KINDS = ['cargo.billMatched', 'cargo.arrived', 'cargo.claimed'] as const;

/**
 * What happened to a bill, as answers to the declarations that claim of it: the manifest came and
 * agrees; the goods arrived, before or after they were declared.
 */
export function manifestAnswersOf(event: EventRecord): ManifestAnswer[] {
  switch (event.kind) {
    case 'cargo.billMatched': {
      const { declaration } = event.payload as Payloads['cargo.billMatched'];
      return [{ declaration, event, condition: 'manifestMatched', evidence: event.id }];
    }
    case 'cargo.arrived': {
      const { declarations, premises } = event.payload as Payloads['cargo.arrived'];
      return declarations.map((declaration) => ({ declaration, event, arrivedAt: premises }));
    }
    case 'cargo.claimed': {
      const { declaration, arrivedAt } = event.payload as Payloads['cargo.claimed'];
      return arrivedAt === null ? [] : [{ declaration, event, arrivedAt }];
    }
    default:
      return [];
  }
}
