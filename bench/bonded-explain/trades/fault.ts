import type { Cause } from '../../../src/contexts/bonded/explain/contract.ts';
import {
  addPaper,
  COUNTED_AT,
  type Happening,
  HOUR,
  isOpening,
  type Line,
  type Order,
  type World,
} from './world.ts';

/** What a fault leaves to be seen: it can be told from the records, is a fair reading of them, or has nothing to show. */
export type Label = 'must' | 'may' | 'never';

export interface Story {
  readonly cause: Cause;
  /** Other causes that say as much. */
  readonly accepted?: readonly Cause[];
  /** Asked when everything has happened: what comes later can take a proof away. */
  readonly label: () => Label;
  readonly tale: string;
  /** Of these parts it is a fair reading at most. */
  readonly fair?: readonly string[];
}

/** Spoils the records of something, of this part where one is given; `null` where nothing suits. */
export type Fault = (world: World, name: string, part?: string) => Story | null;

export const label = (is: Label) => (): Label => is;
export const mustWhere = (isSo: boolean, otherwise: Label = 'may') =>
  label(isSo ? 'must' : otherwise);

/** Nothing has spoilt it, and its parts can bear one fault more. */
export const isFree = ({ load, mostPerPart }: World, { fault, lines }: Happening): boolean =>
  fault === null && lines.every(({ part }) => (load.get(part) ?? 0) < mostPerPart);
const has = (lines: readonly Line[], part: string | undefined): boolean =>
  part === undefined || lines.some((line) => line.part === part);
export const orderOf = ({ orders }: World, { order }: Happening): Order | undefined =>
  orders.find(({ no }) => no === order);
export const isImport = (happening: Happening): boolean =>
  happening.kind === 'imported' && !isOpening(happening);

export const freeOf = (
  world: World,
  part: string | undefined,
  isWanted: (happening: Happening) => boolean,
): Happening[] =>
  world.happenings.filter(
    (each) =>
      isWanted(each) && isFree(world, each) && each.lines.length > 0 && has(each.lines, part),
  );
export const freeIssues = (
  world: World,
  part: string | undefined,
  isWanted: (happening: Happening) => boolean = () => true,
): Happening[] =>
  freeOf(
    world,
    part,
    (each) => each.kind === 'issued' && each.at < COUNTED_AT - 4 * HOUR && isWanted(each),
  );

/** What there was of a part on the first day. */
export const openingOf = ({ happenings }: World, part: string, site: string | undefined): number =>
  happenings.find((each) => isOpening(each) && each.lines[0]?.part === part && each.site === site)
    ?.lines[0]?.quantity ?? 0;

export function bear({ load }: World, part: string): void {
  load.set(part, (load.get(part) ?? 0) + 1);
}

/** These are the fault's now, and no other may have them. */
export function mark(world: World, name: string, ...happenings: readonly Happening[]): void {
  const parts = new Set(happenings.flatMap(({ lines }) => lines.map(({ part }) => part)));
  for (const part of parts) bear(world, part);
  for (const happening of happenings) happening.fault = name;
}

export function ensureDocument({ seed }: World, happening: Happening): void {
  happening.document ??= `X${seed}${happening.id}`;
}

/** All its papers: one for each line. */
export function leaveSlips(world: World, happening: Happening): void {
  for (const line of happening.lines) addPaper(world, happening, line);
  happening.isQuiet = true;
}

/** It was entered, and never happened. */
export function neverHappened(happening: Happening, name: string): void {
  happening.truth = [];
  happening.fault = name;
  happening.isQuiet = true;
}

export const copied = (lines: readonly Line[]): Line[] => lines.map((line) => ({ ...line }));
