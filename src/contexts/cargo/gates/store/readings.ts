import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
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
  const { rows } = await sql<{
    registration: Vehicle | null;
    waiting_reading: string | null;
    waiting_gate: string | null;
    waiting_since: Date | null;
    last_gate: string | null;
    last_passed_at: Date | null;
  }>`
    insert into cargo.gate_vehicle as v (plate) values (${plate})
    on conflict (plate) do update set plate = excluded.plate
    returning registration, waiting_reading, waiting_gate, waiting_since, last_gate, last_passed_at
  `.execute(tx);
  const row = rows[0];
  return {
    registration: row?.registration ?? null,
    waitingReading: row?.waiting_reading ?? null,
    waitingAt: row?.waiting_gate ?? null,
    waitingSince: row?.waiting_since?.toISOString() ?? null,
    lastGate: row?.last_gate ?? null,
    lastPassedAt: row?.last_passed_at?.toISOString() ?? null,
  };
}

export async function saveRegistration(tx: Tx, vehicle: Vehicle): Promise<void> {
  await sql`
    update cargo.gate_vehicle set registration = ${JSON.stringify(vehicle)}::jsonb
    where plate = ${vehicle.plate}
  `.execute(tx);
}

export async function findRegistration(db: Db, plate: string): Promise<Vehicle | null> {
  const { rows } = await sql<{ registration: Vehicle | null }>`
    select registration from cargo.gate_vehicle where plate = ${plate}
  `.execute(db);
  return rows[0]?.registration ?? null;
}

/** Holds a lane's bridge: one vehicle stands on it at a time. */
export async function lockLane(tx: Tx, gate: string, lane: string): Promise<BridgeMemory> {
  const { rows } = await sql<{ last_kg: string | null; last_plate: string | null; run: number }>`
    insert into cargo.gate_lane as l (gate, lane) values (${gate}, ${lane})
    on conflict (gate, lane) do update set lane = excluded.lane
    returning last_kg, last_plate, run
  `.execute(tx);
  const row = rows[0];
  return { kg: row?.last_kg ?? null, plate: row?.last_plate ?? null, run: row?.run ?? 0 };
}

/** Keeps a reading, where its vehicle now is and what the bridge showed, in one statement. */
export async function save(
  tx: Tx,
  reading: KeptReading,
  bridge: BridgeMemory | null,
): Promise<boolean> {
  const { plate, at, gate, lane, hasPassed, standing } = reading;
  const waits = standing === 'wait';
  const { rows } = await sql`
    with moved as (
      update cargo.gate_vehicle set
        waiting_reading = ${waits ? reading.id : null}::text,
        waiting_gate = ${waits ? gate : null}::text,
        waiting_since = ${waits ? at : null}::timestamptz,
        last_gate = case when ${hasPassed} then ${gate} else last_gate end,
        last_passed_at = case when ${hasPassed} then ${at}::timestamptz else last_passed_at end
      where plate = ${plate}
    ), weighed as (
      update cargo.gate_lane set last_kg = ${bridge?.kg ?? null}::numeric,
        last_plate = ${bridge?.plate ?? null}::text, run = ${bridge?.run ?? 0}::integer
      where gate = ${gate} and lane = ${lane} and ${bridge !== null}
    )
    ${insertOf(reading)}
  `.execute(tx);
  return rows.length > 0;
}

/** As `save`, of an offline reading: where the vehicle is now has been overtaken by events. */
export async function saveOffline(tx: Tx, reading: KeptReading): Promise<void> {
  const { plate, at, gate, hasPassed } = reading;
  await sql`
    with moved as (
      update cargo.gate_vehicle set last_gate = ${gate}, last_passed_at = ${at}::timestamptz
      where plate = ${plate} and ${hasPassed}
        and (last_passed_at is null or last_passed_at < ${at}::timestamptz)
    )
    ${insertOf(reading)}
  `.execute(tx);
}

const insertOf = (reading: KeptReading) => sql`
  insert into cargo.gate_reading (id, gate, lane, zone, office, direction, plate, passport, at,
    is_offline, has_passed, standing, content_hash, body)
  values (${reading.id}, ${reading.gate}, ${reading.lane}, ${reading.zone}, ${reading.office},
    ${reading.direction}, ${reading.plate}, ${reading.passport}, ${reading.at},
    ${reading.isOffline}, ${reading.hasPassed}, ${reading.standing}, ${reading.contentHash},
    ${JSON.stringify(reading.body)}::jsonb)
  on conflict (id) do nothing
  returning id`;

/** How a reading stands since something came after it. */
export async function updateStanding(
  tx: Tx,
  id: string,
  change: Pick<KeptReading, 'standing' | 'hasPassed' | 'body'>,
): Promise<void> {
  await sql`
    update cargo.gate_reading set standing = ${change.standing}, has_passed = ${change.hasPassed},
      body = ${JSON.stringify(change.body)}::jsonb
    where id = ${id}
  `.execute(tx);
}

/** The vehicle was read again: the reading that waited is history. */
export async function supersede(tx: Tx, id: string): Promise<void> {
  await sql`
    update cargo.gate_reading set standing = 'superseded' where id = ${id} and standing = 'wait'
  `.execute(tx);
}

/** Once an officer has decided, the vehicle waits no more; passed, it was here last. */
export async function endWaiting(tx: Tx, reading: KeptReading, passedAt: string | null) {
  await sql`
    update cargo.gate_vehicle set waiting_reading = null, waiting_gate = null, waiting_since = null,
      last_gate = case when ${passedAt !== null} then ${reading.gate} else last_gate end,
      last_passed_at = coalesce(${passedAt}::timestamptz, last_passed_at)
    where plate = ${reading.plate}
  `.execute(tx);
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
