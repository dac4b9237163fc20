import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the filer remembers between runs, beside the generated files. It is written after each step
 * is acknowledged; losing the last write only means asking the port again for what it already did.
 */
export interface Memory {
  /** Which generation this is about; another one starts anew. */
  generation: string;
  keys: Keys | null;
  /** Days whose filings and arrivals are all acknowledged, and days the examiner has worked. */
  filedUpTo: string;
  examinedUpTo: string;
  /** How far the analyst and the supervisor have come: see `targeting.ts`. */
  targeted: 'nothing' | 'budgets' | 'prepared' | 'live';
  /** Ledgers whose quarter is filed. */
  readonly factories: string[];
  /** Whether the messages of the broker and the carrier are sent. */
  messagesSent: boolean;
  /** Whether the chemicals of the last day are declared. */
  chemicalsFiled: boolean;
  /** Consignments left open on purpose, for officers to find. */
  readonly leftOpen: Readonly<Record<HardCase, string[]>>;
}
/** Why a consignment waits for an officer: a sample is out, it is held, a downgrade is proposed. */
export type HardCase = 'laboratory' | 'held' | 'downgrade';
export interface Keys {
  readonly singleWindow: string;
  readonly terminals: string;
  readonly examiner: string;
  readonly analyst: string;
  readonly supervisor: string;
  readonly commerce: string;
  readonly maritime: string;
  readonly zoneEnterprise: string;
  readonly broker: string;
  readonly carrier: string;
  /** The officer who confirms what another decided. */
  readonly confirmer: string;
  /** The system of each factory and who signs for it, by the id of its ledger. */
  readonly factories: Readonly<Record<string, string>>;
  readonly signers: Readonly<Record<string, string>>;
}

const FILE = 'filer.json';

export function recall(folder: string, generation: string): Memory {
  const fresh: Memory = {
    generation,
    keys: null,
    filedUpTo: '',
    examinedUpTo: '',
    targeted: 'nothing',
    factories: [],
    messagesSent: false,
    chemicalsFiled: false,
    leftOpen: { laboratory: [], held: [], downgrade: [] },
  };
  try {
    const known = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Memory;
    return known.generation === generation ? known : fresh;
  } catch {
    return fresh;
  }
}

/** Keeps it at once and whole: a half-written memory would be worse than an old one. */
export function remember(folder: string, memory: Memory): void {
  const path = join(folder, FILE);
  writeFileSync(`${path}.new`, JSON.stringify(memory), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
