import { sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import type { Crossing, GateAnswer, Reading, ReadingRow, Vehicle } from '../contract.ts';
import type { Whereabouts } from '../verdict.ts';
import type { BridgeMemory } from '../weighing.ts';
import type { Visibility } from './passports.ts';

/** A reading as it is kept: what was seen, what was answered, and how it stands since. */
export interface KeptReading {
  readonly id: string;
  readonly gate: string;
  readonly lane: string;
  readonly zone: string;
  readonly office: string;
  readonly direction: ReadingRow['direction'];
  readonly plate: string;
  readonly passport: string | null;
  readonly at: string;
  readonly isOffline: boolean;
  readonly hasPassed: boolean;
  readonly standing: ReadingRow['standing'];
  readonly contentHash: string;
  readonly body: {
    readonly reading: Reading;
    readonly reasons: GateAnswer['reasons'];
    readonly weight: GateAnswer['weight'];
    readonly completed: boolean;
    /** The passing this reading was, where the vehicle went through. */
    readonly crossing: Crossing | null;
    readonly caseId: string | null;
  };
}

export interface KeptVehicle extends Whereabouts {
  readonly registration: Vehicle | null;
  readonly waitingReading: string | null;
}

/** Holds a vehicle: readings of one plate, wherever they are made, come one after another. */
export async function lockVehicle(tx: Tx, plate: string): Promise<KeptVehicle> {
  return (await lockVehicles(tx, [plate])).get(plate) ?? UNSEEN;
}

const UNSEEN: KeptVehicle = {
  ...{ registration: null, waitingReading: null, waitingAt: null, waitingSince: null },
  ...{ lastGate: null, lastPassedAt: null },
};

/** Holds vehicles, always in the same order. */
export async function lockVehicles(
  tx: Tx,
  plates: readonly string[],
): Promise<Map<string, KeptVehicle>> {
  const { rows } = await sql<{
    plate: string;
    registration: Vehicle | null;
    waiting_reading: string | null;
    waiting_gate: string | null;
    waiting_since: Date | null;
    last_gate: string | null;
    last_passed_at: Date | null;
  }>`
    insert into cargo.gate_vehicle as v (plate)
    select unnest(${[...new Set(plates)].sort()}::text[])
    on conflict (plate) do update set plate = excluded.plate
    returning plate, registration, waiting_reading, waiting_gate, waiting_since, last_gate,
      last_passed_at
  `.execute(tx);
  return new Map(
    rows.map((row) => [
      row.plate,
      {
        registration: row.registration,
        waitingReading: row.waiting_reading,
        waitingAt: row.waiting_gate,
        waitingSince: row.waiting_since?.toISOString() ?? null,
        lastGate: row.last_gate,
        lastPassedAt: row.last_passed_at?.toISOString() ?? null,
      },
    ]),
  );
}

export async function saveRegistration(tx: Tx, vehicle: Vehicle): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update cargo.gate_vehicle set registration = ${JSON.stringify(vehicle)}::jsonb
      where plate = ${vehicle.plate}
    `,
  );
}

export async function findRegistration(db: Db, plate: string): Promise<Vehicle | null> {
  const { rows } = await sql<{ registration: Vehicle | null }>`
    select registration from cargo.gate_vehicle where plate = ${plate}
  `.execute(db);
  return rows[0]?.registration ?? null;
}

/** A lane, and what its bridge showed last. */
export interface KeptLane {
  readonly gate: string;
  readonly lane: string;
  readonly bridge: BridgeMemory;
}

/** Holds lanes' bridges, always in the same order: one vehicle stands on each at a time. */
export async function lockLanes(
  tx: Tx,
  lanes: readonly Pick<KeptLane, 'gate' | 'lane'>[],
): Promise<KeptLane[]> {
  if (lanes.length === 0) return [];
  const { rows } = await sql<{
    gate: string;
    lane: string;
    last_kg: string | null;
    last_plate: string | null;
    run: number;
  }>`
    insert into cargo.gate_lane as l (gate, lane)
    select distinct gate, lane
    from json_to_recordset(${JSON.stringify(lanes)}::json) as r (gate text, lane text)
    order by gate, lane
    on conflict (gate, lane) do update set lane = excluded.lane
    returning gate, lane, last_kg, last_plate, run
  `.execute(tx);
  return rows.map(({ gate, lane, last_kg, last_plate, run }) => ({
    ...{ gate, lane },
    bridge: { kg: last_kg, plate: last_plate, run },
  }));
}

/** A reading that is new, and the one that waited before it. */
export interface NewReading {
  readonly reading: KeptReading;
  readonly supersedes: string | null;
}

/**
 * Keeps readings, where their vehicles now are and what the bridges showed, in one statement; what
 * waited before them is history. Of one plate there is one at most. Where another transaction has kept
 * one of them meanwhile, this one fails by `ID_KEY`; the other has committed by then.
 */
export async function saveMany(
  tx: Tx,
  readings: readonly NewReading[],
  lanes: readonly KeptLane[],
): Promise<void> {
  if (readings.length === 0) return;
  const rows = readings.map(({ reading, supersedes }) => ({ ...reading, supersedes }));
  const shown = lanes.map(({ gate, lane, bridge }) => ({ gate, lane, ...bridge }));
  const statement = sql`
    with r as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id text, gate text,
        lane text, zone text, office text, direction text, plate text, passport text,
        at timestamptz, "isOffline" boolean, "hasPassed" boolean, standing text,
        "contentHash" text, body jsonb, supersedes text)
    ), moved as (
      update cargo.gate_vehicle as v set
        waiting_reading = case when r.standing = 'wait' then r.id end,
        waiting_gate = case when r.standing = 'wait' then r.gate end,
        waiting_since = case when r.standing = 'wait' then r.at end,
        last_gate = case when r."hasPassed" then r.gate else v.last_gate end,
        last_passed_at = case when r."hasPassed" then r.at else v.last_passed_at end
      from r where v.plate = r.plate
    ), superseded as (
      update cargo.gate_reading as before set standing = 'superseded'
      from r where before.id = r.supersedes and before.standing = 'wait'
    ), weighed as (
      update cargo.gate_lane as l set last_kg = b.kg, last_plate = b.plate, run = b.run
      from json_to_recordset(${JSON.stringify(shown)}::json)
        as b (gate text, lane text, kg numeric, plate text, run integer)
      where l.gate = b.gate and l.lane = b.lane
    )
    insert into cargo.gate_reading (id, gate, lane, zone, office, direction, plate, passport, at,
      is_offline, has_passed, standing, content_hash, body)
    select id, gate, lane, zone, office, direction, plate, passport, at, "isOffline", "hasPassed",
      standing, "contentHash", body from r
  `;
  await leaveTo(tx, statement);
}
export const ID_KEY = 'gate_reading_pkey';

/** Keeps an offline reading: where the vehicle is now has been overtaken by events. */
export async function saveOffline(tx: Tx, reading: KeptReading): Promise<void> {
  const { plate, at, gate, hasPassed } = reading;
  await leaveTo(
    tx,
    sql`
      with moved as (
        update cargo.gate_vehicle set last_gate = ${gate}, last_passed_at = ${at}::timestamptz
        where plate = ${plate} and ${hasPassed}
          and (last_passed_at is null or last_passed_at < ${at}::timestamptz)
      )
      insert into cargo.gate_reading (id, gate, lane, zone, office, direction, plate, passport, at,
        is_offline, has_passed, standing, content_hash, body)
      values (${reading.id}, ${gate}, ${reading.lane}, ${reading.zone}, ${reading.office},
        ${reading.direction}, ${plate}, ${reading.passport}, ${at}, ${reading.isOffline},
        ${hasPassed}, ${reading.standing}, ${reading.contentHash},
        ${JSON.stringify(reading.body)}::jsonb)
      on conflict (id) do nothing
    `,
  );
}

/** How a reading stands since something came after it. */
export async function updateStanding(
  tx: Tx,
  id: string,
  change: Pick<KeptReading, 'standing' | 'hasPassed' | 'body'>,
): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update cargo.gate_reading set standing = ${change.standing}, has_passed = ${change.hasPassed},
        body = ${JSON.stringify(change.body)}::jsonb
      where id = ${id}
    `,
  );
}

/** Once an officer has decided, the vehicle waits no more; passed, it was here last. */
export async function endWaiting(tx: Tx, reading: KeptReading, passedAt: string | null) {
  await leaveTo(
    tx,
    sql`
      update cargo.gate_vehicle set waiting_reading = null, waiting_gate = null, waiting_since = null,
        last_gate = case when ${passedAt !== null} then ${reading.gate} else last_gate end,
        last_passed_at = coalesce(${passedAt}::timestamptz, last_passed_at)
      where plate = ${reading.plate}
    `,
  );
}

const SELECT = sql`select id, gate, lane, zone, office, direction, plate, passport, at,
  is_offline as "isOffline", has_passed as "hasPassed", standing, content_hash as "contentHash",
  body from cargo.gate_reading`;
type Selected = Omit<KeptReading, 'at'> & { at: Date };
const kept = (row: Selected): KeptReading => ({ ...row, at: row.at.toISOString() });

async function read(db: Db, rest: ReturnType<typeof sql>): Promise<KeptReading[]> {
  const { rows } = await sql<Selected>`${SELECT} ${rest}`.execute(db);
  return rows.map(kept);
}

export const find = async (db: Db, id: string): Promise<KeptReading | null> =>
  (await read(db, sql`where id = ${id}`))[0] ?? null;
export const findMany = (db: Db, ids: readonly string[]): Promise<KeptReading[]> =>
  read(db, sql`where id = any(${[...ids]}::text[])`);
export const lock = async (tx: Tx, id: string): Promise<KeptReading | null> =>
  (await read(tx, sql`where id = ${id} for update`))[0] ?? null;

/** Passings of a vehicle at other gates around a moment. */
export const listAround = (
  tx: Tx,
  { plate, gate, at }: Pick<KeptReading, 'plate' | 'gate' | 'at'>,
  minutes: number,
): Promise<KeptReading[]> =>
  read(
    tx,
    sql`where plate = ${plate} and gate <> ${gate} and has_passed
      and at > ${at}::timestamptz - make_interval(secs => ${minutes * 60})
      and at < ${at}::timestamptz + make_interval(secs => ${minutes * 60})
      order by at, id for update`,
  );

export const listOfPassport = (db: Db, passport: string): Promise<KeptReading[]> =>
  read(db, sql`where passport = ${passport} order by at, id limit 200`);

export const listWaiting = (
  db: Db,
  visible: Visibility,
  gate: string | null,
  limit: number,
): Promise<KeptReading[]> =>
  read(
    db,
    sql`where standing = 'wait' and ${within(visible)} and (${gate}::text is null or gate = ${gate})
      order by at, id limit ${limit}`,
  );

export const listLatest = (
  db: Db,
  visible: Visibility,
  gate: string | null,
  limit: number,
): Promise<KeptReading[]> =>
  read(
    db,
    gate === null
      ? sql`where ${within(visible)} order by at desc, id desc limit ${limit}`
      : sql`where gate = ${gate} and ${within(visible)} order by at desc, id desc limit ${limit}`,
  );

const within = ({ any, offices }: Visibility) =>
  any ? sql`true` : sql`office = any(${[...offices]}::text[])`;
