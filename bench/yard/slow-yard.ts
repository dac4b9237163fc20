import type { StoredContainer } from '../../src/contexts/chemicals/storage/contract.ts';
import { KINDS, layout } from './yards.ts';

/**
 * The yard rules once more, written apart: every container and every pair of containers is asked, in
 * words of its own, and nothing is remembered from one change to the next.
 */
export function slowly(standing: readonly StoredContainer[], now: string) {
  const found = new Map<string, Set<string>>();
  const say = (rule: string, block: string, ...containers: string[]) => {
    const key = `${rule} ${block}`;
    const known = found.get(key) ?? new Set();
    for (const container of containers) known.add(container);
    found.set(key, known);
  };
  const alone = (rule: string, block: string, container: string) =>
    found.set(`${rule} ${block} ${container}`, new Set([container]));
  for (const { container, slot, since, goods } of standing) {
    const [name = '', , , tier] = slot.split('-');
    const block = layout.blocks.find(({ id }) => id === name);
    const it = goods[0];
    if (!block || !it) continue;
    const days = (Date.parse(now) - Date.parse(since)) / 86_400_000;
    if (['0082', '1942'].includes(it.un ?? '')) alone('directOnly', name, container);
    if (block.kind === 'ordinary') {
      if (it.form !== 'solid' || it.packingGroup === 'II') alone('ordinaryBlock', name, container);
    } else if (!block.classes.includes(it.class)) alone('licence', name, container);
    const burns = [it.class, ...it.subsidiary].some((one) => /^(1|2\.1|3|4|5\.2)/.test(one));
    if (Number(tier) > (burns ? 2 : 3)) alone('stackHeight', name, container);
    const hours = block.hours[it.class];
    if (['1.4', '2.1', '2.3'].includes(it.class) && (hours === undefined || days * 24 > hours))
      alone('timeLimited', name, container);
  }
  for (const { id: block } of layout.blocks) {
    const here = standing.filter(({ slot }) => slot.startsWith(`${block}-`));
    for (const a of here) {
      for (const b of here) {
        const [one, other] = [a.goods[0], b.goods[0]];
        if (a === b || !one || !other) continue;
        const labels = [other.class, ...other.subsidiary];
        const isBattery = one.name.startsWith('lithium');
        if (isBattery && labels.some((it) => /^(1|2\.1|3|4|5\.2)/.test(it)))
          say('lithiumApart', block, a.container, b.container);
        const getsWet =
          labels.some((it) => /^(1\.4|4\.1|5)/.test(it)) || other.name.startsWith('lithium');
        if (one.class === '4.3' && other.class !== '4.3' && getsWet)
          say('extinguishing', block, a.container, b.container);
        if (one.class === '1.4' && other.class !== '1.4')
          say('explosivesAlone', block, a.container, b.container);
      }
    }
  }
  for (const { id, containersMax, massMaxKg } of layout.blocks) {
    const here = standing.filter(
      ({ slot, goods }) => slot.startsWith(`${id}-`) && goods.length > 0,
    );
    const mass = here.reduce((sum, { goods }) => sum + Number(goods[0]?.netMassKg), 0);
    if (here.length > (containersMax ?? Infinity) || mass > Number(massMaxKg ?? Infinity))
      say('capacity', id);
  }
  return { conflicts: [...found].map(text).sort(), isMajor: isMajor(standing) };
}

const text = ([key, containers]: [string, Set<string>]): string =>
  `${key}: ${[...containers].sort().join(' ')}`;

/** In fifteen-thousandths of a tonne's share: every threshold of the list divides 15,000 t. */
function isMajor(standing: readonly StoredContainer[]): boolean {
  const parts = standing
    .flatMap(({ goods }) => goods)
    .reduce((sum, { name, netMassKg }) => {
      const tonnes = KINDS.find(({ goods }) => goods.name === name)?.tonnes;
      return tonnes ? sum + Number(netMassKg) * (15_000 / tonnes) : sum;
    }, 0);
  return parts >= 15_000_000;
}
