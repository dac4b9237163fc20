import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';

/** What bridges weighed of one consignment; kilograms. */
interface WeighedGoods {
  readonly vehicles: number;
  /** Vehicles and goods together, as measured. */
  readonly kg: string;
  /** Vehicles, frames and containers, as applied for. */
  readonly tareKg: string;
  /** The goods on those vehicles, as applied for. */
  readonly goodsKg: string;
}

/**
 * Vehicles that passed a weighbridge with goods of one declaration and of nothing else, each once, by
 * its first weighing; `null` where there was none.
 *
 * @param bill its bill, where no other declaration has goods of it.
 */
export async function findWeighedGoods(
  db: Db,
  declaration: string,
  bill: string | null,
): Promise<WeighedGoods | null> {
  const { rows } = await sql<WeighedGoods>`
    with own as (
      select array_agg(kind || ':' || no) || array['bill:' || ${bill}::text] as papers
      from cargo.gate_paper where declaration = ${declaration}
    ), weighed as (
      select (r.weight ->> 'measuredKg')::numeric as kg,
        (r.weight ->> 'expectedKg')::numeric as expected,
        (p.body #>> '{content,goodsGrossKg}')::numeric as goods
      from own, cargo.passport as p, lateral (
        select body -> 'weight' as weight from cargo.gate_reading
        where passport = p.number and has_passed and jsonb_typeof(body -> 'weight') = 'object'
        order by at, id limit 1
      ) as r
      where p.papers && own.papers and p.papers <@ own.papers
    )
    select count(*)::int as vehicles, trim_scale(sum(kg))::text as kg,
      trim_scale(sum(expected - goods))::text as "tareKg", trim_scale(sum(goods))::text as "goodsKg"
    from weighed
  `.execute(db);
  const [found] = rows;
  return found && found.vehicles > 0 ? found : null;
}
