import type {
  DeclarationContent,
  Line,
  Party,
} from '../../../../../src/contexts/clearance/contract.ts';

/** A place in a declaration as refusals name it: `lines[2].hsCode`. */
export type Path = string;

const stepsOf = (path: Path): string[] => path.split(/[.[\]]+/).filter(Boolean);

export function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const step of stepsOf(path)) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** The same content with one value changed; whatever is not on the way there stays the same object. */
export function withValue<T>(content: T, path: Path, value: unknown): T {
  return put(content, stepsOf(path), value) as T;
}

function put(node: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(node)) {
    return node.map((item, index) => (String(index) === step ? put(item, rest, value) : item));
  }
  const record = (node ?? {}) as Record<string, unknown>;
  return { ...record, [step]: put(record[step], rest, value) };
}

export function emptyLine(lineNo: number): Line {
  return {
    lineNo,
    hsCode: null,
    description: null,
    specification: null,
    originCountry: null,
    quantity: null,
    unit: null,
    netMassKg: null,
    unitPrice: null,
    value: null,
    preference: null,
  };
}

/** Where a new filing begins: ordinary trade, by sea, declared by whoever is at the keyboard. */
export function emptyContent(declarant: Party | null): DeclarationContent {
  return {
    filing: 'standard',
    ieFlag: 'I',
    declarationOffice: null,
    borderOffice: null,
    examinationOffice: null,
    supervisionMode: '0110',
    levyNature: '101',
    parties: {
      declarant,
      domestic: null,
      owner: null,
      overseas: null,
      forwarder: null,
      carrier: null,
      terminal: null,
    },
    tradeTerms: 'CIF',
    transport: {
      mode: '2',
      conveyance: null,
      voyageNo: null,
      transportDocNo: null,
      partnerCountry: null,
      date: null,
    },
    packages: { kind: null, count: null },
    grossMassKg: null,
    netMassKg: null,
    currency: 'USD',
    totalValue: null,
    freight: null,
    insurance: null,
    licences: [],
    documents: [],
    remarks: null,
    lines: [emptyLine(1)],
  };
}

/** What is sent: a party of whom nothing is said is nobody. */
export function tidy(content: DeclarationContent): DeclarationContent {
  const { parties } = content;
  const said = (party: Party | null) =>
    party && (party.name || party.uscc || party.country) ? party : null;
  return {
    ...content,
    parties: {
      declarant: said(parties.declarant),
      domestic: said(parties.domestic),
      owner: said(parties.owner),
      overseas: said(parties.overseas),
      forwarder: said(parties.forwarder),
      carrier: said(parties.carrier),
      terminal: said(parties.terminal),
    },
    lines: content.lines.map((line, index) => ({ ...line, lineNo: index + 1 })),
  };
}

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The filer chooses the id, so that sending twice files once. Day first, then chance enough. */
export function newDeclarationId(today: string): string {
  const chance = [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');
  return `${today.replaceAll('-', '')}-${chance}`;
}
