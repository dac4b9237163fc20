import { readFileSync } from 'node:fs';
import { effectiveOn, isEffective, type LocalDate } from '../../../kernel/dates.ts';
import {
  type Asks,
  type Direction,
  type Gate,
  type PassportType,
  type Regime,
  type Zone,
  ZoneBook,
  type ZoneLine,
  type ZoneOnDay,
} from './contract.ts';

/**
 * Zones, regimes and gates as they stood on any day. The book is data: a regime that changes is a
 * new row with its first day, and a movement of last week is still judged by last week's row.
 */
export interface Zones {
  readonly ids: readonly string[];
  zoneOn(zone: string, on: LocalDate): ZoneOnDay | null;
  regimeOf(zone: string, on: LocalDate): Regime | null;
  gateOn(gate: string, on: LocalDate): Gate | null;
  /** The office in charge of a zone, whatever the day. */
  officeOf(zone: string): string | null;
}

/** The book that comes with the platform, until a port loads its own. */
export function shippedZones(): ZoneBook {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
  return ZoneBook.parse({
    zones: read('zones'),
    gates: read('gates'),
    regimes: read('regimes'),
  });
}

export function createZones(book: ZoneBook): Zones {
  const zones = new Map(book.zones.map((zone) => [zone.id, zone]));
  requireRegimes(book);

  const regimeOf = (zone: string, on: LocalDate): Regime | null => {
    const kind = effectiveOn(zones.get(zone)?.regimes ?? [], on)?.kind;
    return effectiveOn(
      book.regimes.filter((regime) => regime.kind === kind),
      on,
    );
  };
  return {
    ids: [...zones.keys()],
    regimeOf,
    gateOn: (id, on) => book.gates.find((gate) => gate.id === id && isEffective(gate, on)) ?? null,
    officeOf: (zone) => zones.get(zone)?.office ?? null,
    zoneOn(id, on) {
      const zone = zones.get(id);
      const regime = regimeOf(id, on);
      const mode = effectiveOn(zone?.gateModes ?? [], on);
      if (!zone || !regime || !mode) return null;
      const { label, office, source } = zone;
      return {
        ...{ id, label, office, source, regime },
        gateMode: mode.mode,
        gates: book.gates.filter((gate) => gate.zone === id && isEffective(gate, on)),
        history: zone.regimes,
      };
    },
  };
}

/** What a movement must show, or `null` where the regime knows no such movement. */
export function asksOf(
  regime: Regime,
  passport: PassportType,
  line: ZoneLine,
  direction: Direction,
): Asks | null {
  return (
    regime.asks.find(
      (asks) =>
        asks.passport === passport && asks.line === line && asks.directions.includes(direction),
    ) ?? null
  );
}

/** The positions a movement passes, in order: a two-gate zone's outer gate first on the way in. */
export function gatesToPass(mode: ZoneOnDay['gateMode'], direction: Direction): Gate['position'][] {
  if (mode === 'single') return ['single'];
  return direction === 'in' ? ['outer', 'inner'] : ['inner', 'outer'];
}

/** A day on which a zone would have no rules is a fault of the book, found when it is opened. */
function requireRegimes({ zones, regimes, gates }: ZoneBook): void {
  const days = (zone: Zone): LocalDate[] => [
    ...zone.regimes.map(({ from }) => from),
    ...zone.gateModes.map(({ from }) => from),
  ];
  for (const zone of zones) {
    for (const day of days(zone)) {
      const kind = effectiveOn(zone.regimes, day)?.kind;
      const known = regimes.some((regime) => regime.kind === kind && isEffective(regime, day));
      if (!known || !effectiveOn(zone.gateModes, day)) {
        throw new Error(`Zone ${zone.id} has no regime or no gates' order on ${day}.`);
      }
    }
  }
  const unknown = gates.find((gate) => !zones.some((zone) => zone.id === gate.zone));
  if (unknown) throw new Error(`Gate ${unknown.id} stands in no zone of the book.`);
}
