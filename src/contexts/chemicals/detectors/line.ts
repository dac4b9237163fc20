import type { LocalDate } from '../../../kernel/dates.ts';
import type { Component, Identification } from '../contract.ts';
import type { LegalPosition } from '../law/contract.ts';
import { positionOf, together } from '../law/position.ts';
import type { LineFindings, Verdict } from './contract.ts';
import { type Identify, identifyGoods } from './goods-text.ts';
import { hazard, packaging, type StatedHazard } from './hazard.ts';
import { nameOf, tariffCode } from './tariff-code.ts';
import { misfit, notEvaluated } from './verdict.ts';

/** One line as it is declared, with as much of its declaration as the law asks about. */
export interface DeclaredLine {
  readonly lineNo: number;
  readonly hsCode: string | null;
  readonly description: string | null;
  readonly specification: string | null;
  readonly packageKind: string | null;
  readonly licenceKinds: readonly string[];
  readonly ieFlag: 'I' | 'E';
  /** The country it comes from or goes to; `null` where it is not stated. */
  readonly partnerCountry: string | null;
  readonly on: LocalDate;
  readonly hazard: StatedHazard;
}

const INLAND = 'CN';
const SALT =
  /salt|chlorid|bromid|iodid|sulph?ate|nitrate|phosphate|acetate|tartrate|maleate|sodium|potassium|盐/i;
const MEDICINE = /^300[34]/;
const CLASS_STATED = /第?\s*([1-9](?:\.[1-6])?)\s*类|\bclass\s*([1-9](?:\.[1-6])?)/i;

/** What the goods of a line are, what the law says of them, and what does not fit. Pure. */
export function findingsOf(line: DeclaredLine, identify: Identify): LineFindings {
  const identification = identifyGoods(line, identify);
  const position = lawOf(identification, line);
  const verdicts = [
    controlled(identification, position, line.licenceKinds),
    disguise(identification),
    tariffCode(identification, line.hsCode),
    ...hazard(identification, statedBy(identification, line)),
    packaging(identification, line.packageKind),
    concentration(position),
  ].filter((verdict) => verdict !== null);
  const { lineNo, hsCode, description } = line;
  return { lineNo, hsCode, description: description ?? '', identification, position, verdicts };
}

/** Each listed substance by the component it stands in: its share, its form, its salt. */
export function lawOf(
  identification: Identification,
  line: Pick<DeclaredLine, 'hsCode' | 'ieFlag' | 'partnerCountry' | 'on'> & {
    readonly description?: string | null;
    readonly specification?: string | null;
  },
): LegalPosition {
  const { reading, listed, hazards, candidates } = identification;
  const isMedicine = MEDICINE.test(line.hsCode ?? '');
  const text = `${line.description ?? ''} ${line.specification ?? ''} ${identification.query}`;
  const byCas = new Map(listed.map((entry) => [entry.cas, [] as typeof listed]));
  for (const entry of listed) byCas.get(entry.cas)?.push(entry);
  const common = {
    ...{ isMedicine, ieFlag: line.ieFlag, on: line.on, hazards },
    isCompound: isCompound(text, reading.components),
    isAbroad: line.partnerCountry === null ? null : line.partnerCountry !== INLAND,
    isMixture:
      reading.isMixture || reading.components.length > 1 || reading.physicalForm === 'solution',
  };
  const componentOf = (cas: string | null): number =>
    candidates.find((candidate) => candidate.cas === cas)?.component ?? 0;
  if (byCas.size === 0) {
    const plain = { ...common, entries: [], concentration: null, isSalt: false };
    return positionOf(plain);
  }
  return together(
    [...byCas].map(([cas, entries]) => {
      const at = componentOf(cas);
      const component = reading.components[at];
      // Of two substances read out of one part of the text nobody can tell whose share is meant.
      const isAlone = [...byCas.keys()].every(
        (other) => other === cas || componentOf(other) !== at,
      );
      const concentration = isAlone ? (component?.concentration ?? null) : null;
      return positionOf({
        ...{ ...common, entries, concentration, isMixture: common.isMixture || !isAlone },
        isSalt: component?.forms.some((form) => SALT.test(form)) ?? false,
      });
    }),
  );
}

function isCompound(text: string, components: readonly Component[]): boolean | null {
  if (/复方|compound preparation/i.test(text) || components.length > 1) return true;
  return /单方|single[- ]ingredient/i.test(text) ? false : null;
}

function controlled(
  identification: Identification,
  { memberships, requirements, questions }: LegalPosition,
  named: readonly string[],
): Verdict | null {
  const binding = memberships.filter(({ control }) => control !== 'told' && control !== 'exempt');
  if (binding.length === 0) return null;
  const licences = requirements.filter(({ licenceKinds }) => licenceKinds.length > 0);
  const missing = licences.filter(
    ({ licenceKinds }) => !licenceKinds.some((it) => named.includes(it)),
  );
  const own = binding.find(({ control }) => control === 'applies');
  const substance = nameOf(identification);
  if (!own) {
    return notEvaluated('controlled', 'chemicals.control_not_evaluated', {
      ...{ substance, ask: questions.join(', ') },
    });
  }
  if (missing.length === 0) return null;
  const { entry } = own;
  return misfit(
    'controlled',
    'chemicals.licence_missing',
    entry.foundation === 'memory' ? 80 : 100,
    {
      substance,
      list: entry.list,
      class: entry.class,
      kinds: missing.flatMap((it) => it.licenceKinds).join(', '),
    },
    entry.basis,
  );
}

/** A disguise counts where it hid a substance that somebody controls, or that is dangerous. */
function disguise(identification: Identification): Verdict | null {
  const { reading, unknown, listed, hazards } = identification;
  const first = reading.disguises[0];
  if (!first || unknown || (listed.length === 0 && hazards.length === 0)) return null;
  const params = { seen: first.seen, read: first.read, substance: nameOf(identification) };
  return misfit('disguise', 'chemicals.name_disguised', 75, params, '海关法 第二十四条');
}

function concentration({ questions }: LegalPosition): Verdict | null {
  if (!questions.includes('concentration')) return null;
  return notEvaluated('concentration', 'chemicals.concentration_asked');
}

/** A hazard that the text itself states, beside what other papers state. */
function statedBy(identification: Identification, line: DeclaredLine): StatedHazard {
  const text = `${line.description ?? ''} ${line.specification ?? ''}`;
  const found = CLASS_STATED.exec(text);
  return {
    ...line.hazard,
    un: line.hazard.un ?? identification.reading.un[0] ?? null,
    class: line.hazard.class ?? found?.[1] ?? found?.[2] ?? null,
  };
}
