import type { LocalDate } from '../../../kernel/dates.ts';
import {
  Binding,
  PaperKind,
  type PassportApplicationInput,
  PassportType,
  type Zones,
} from '../../cargo/index.ts';
import type { Document } from '../reading/table.ts';
import { type Leaves, leavesOf, type Mapped, mapped } from './document.ts';

type Content = PassportApplicationInput['content'];
type Part = Content['papers'][number];

/** What is to be known besides what the message says. */
export interface PassportOf {
  readonly id: string;
  readonly zones: Pick<Zones, 'ids' | 'officeOf' | 'zoneOn'>;
  readonly on: LocalDate;
}

/**
 * A gate passport (核放单, SAS121) as gates are asked for it. The message names the office in charge and not
 * the zone, the type and not the line: where these leave exactly one, it is meant; else that is told.
 */
export function passportOf(
  document: Document,
  { id, zones, on }: PassportOf,
): Mapped<PassportApplicationInput> {
  const leaves = leavesOf(document);
  const type = coded(leaves, 'type', PassportType.options, leaves.needed('type')) ?? 'secondLine';
  const flag = leaves.needed('direction');
  if (flag !== null && flag !== 'I' && flag !== 'E') {
    leaves.say('messages.code_unknown', 'direction', flag);
  }
  const direction = flag === 'E' ? 'out' : 'in';
  const zone = zoneOf(leaves, zones, on);
  const binding = coded(leaves, 'binding', Binding.options, leaves.text('binding'));
  const organisation = leaves.text('parties.organisation.uscc');
  const content: Content = {
    ...{ type, binding, direction },
    zone: zone?.id ?? '',
    line: zone ? lineOf(leaves, zone, { type, direction }) : 'second',
    papers: papersOf(leaves, binding),
    vehicle: {
      plate: leaves.needed('vehicle.plate') ?? '',
      tareKg: leaves.needed('vehicle.tareKg') ?? '0',
      frameKg: leaves.text('vehicle.frameKg') ?? '0',
      kind: leaves.list('containers').length > 0 ? 'container' : 'other',
    },
    containers: containersOf(leaves),
    goodsGrossKg: leaves.text('goodsGrossKg') ?? (type === 'emptyVehicle' ? '0' : wanting(leaves)),
    goodsNetKg: leaves.text('goodsNetKg'),
    goods: leaves.text('lines[0].description'),
  };
  return mapped({ id, ...(organisation !== null && { organisation }), content }, leaves);
}

function wanting(leaves: Leaves): string {
  leaves.say('messages.needed', 'goodsGrossKg');
  return '0';
}

/** A code counted from 1; told where it is none of them. */
/** What a code stands for: contracts name their kinds in the order of the codes, from 1. */
function coded<const T extends string>(
  leaves: Leaves,
  path: string,
  known: readonly T[],
  code: string | null,
): T | null {
  if (code === null) return null;
  const found = known[Number(code) - 1];
  if (found === undefined) leaves.say('messages.code_unknown', path, code);
  return found ?? null;
}

type ZoneThen = NonNullable<ReturnType<Zones['zoneOn']>>;

function zoneOf(leaves: Leaves, zones: PassportOf['zones'], on: LocalDate): ZoneThen | null {
  const office = leaves.needed('office');
  if (office === null) return null;
  const ids = zones.ids.filter((zone) => zones.officeOf(zone) === office);
  const [id] = ids;
  const zone = id !== undefined && ids.length === 1 ? zones.zoneOn(id, on) : null;
  if (!zone) leaves.say('messages.zone_not_told', 'office', office);
  return zone;
}

/** The line of the zone that knows such a movement and has a gate to pass. */
function lineOf(
  leaves: Leaves,
  { regime, gates }: ZoneThen,
  { type, direction }: Pick<Content, 'type' | 'direction'>,
): Content['line'] {
  const lines = regime.asks
    .filter(({ passport, directions }) => passport === type && directions.includes(direction))
    .map(({ line }) => line);
  const passed = lines.filter((line) => gates.some((gate) => gate.line === line));
  const [line] = passed.length > 0 ? passed : lines;
  if (passed.length > 1) leaves.say('messages.line_not_told', 'type', leaves.text('type'));
  return line ?? 'second';
}

/** Only one list over many vehicles goes in parts; the lines of others are those of the whole paper. */
function papersOf(leaves: Leaves, binding: Content['binding']): Part[] {
  const lines = leaves.list('lines').map((_, index) => {
    const at = (name: string): string => `lines[${index}].${name}`;
    const lineNo = Number(leaves.text(at('paperLineNo')) ?? Number.NaN);
    return { lineNo, quantity: leaves.text(at('quantity')) ?? '' };
  });
  const isPart = binding === 'oneListManyVehicles';
  lines.forEach(({ lineNo, quantity }, index) => {
    if (!isPart) return;
    if (!Number.isSafeInteger(lineNo)) leaves.say('messages.needed', `lines[${index}].paperLineNo`);
    if (quantity === '') leaves.say('messages.needed', `lines[${index}].quantity`);
  });
  return leaves.list('papers').map((_, index) => {
    const at = (name: string): string => `papers[${index}].${name}`;
    const kind = coded(leaves, at('kind'), PaperKind.options, leaves.needed(at('kind')));
    return {
      kind: kind ?? 'list',
      no: leaves.code(at('no'), 40) ?? wantingNo(leaves, at('no')),
      lines: isPart ? lines : [],
    };
  });
}

function wantingNo(leaves: Leaves, path: string): string {
  leaves.needed(path);
  return '';
}

/** Several containers stand in one field, and weigh what the field beside it says together. */
function containersOf(leaves: Leaves): NonNullable<Content['containers']> {
  const numbers = (leaves.text('containers[0].no') ?? '').split(/[\s,;，；]+/).filter(Boolean);
  const tare = leaves.text('containers[0].tareKg');
  if (numbers.length > 1 && tare !== null) {
    leaves.say('messages.tare_not_told', 'containers[0].tareKg', tare);
  }
  return numbers.map((no) => ({ no, tareKg: tare ?? '0', seal: null }));
}
