import type { Axis, ModeChoice, ModeConflict } from './contract.ts';

interface Conflict {
  readonly code: string;
  readonly when: { readonly [A in Axis]?: readonly ModeChoice[A][] };
  readonly legalBasis?: string;
}

const ZONE_SIDES = ['secondLine', 'withinZone', 'betweenZones'] as const;

/**
 * What cannot be together, each with its reason. Everything that is not listed composes; the test of
 * the modes walks every combination and finds either steps that make sense or one of these.
 */
const LISTED: readonly Conflict[] = [
  {
    code: 'clearance.mode_advance_comes_before_entry',
    when: { filing: ['advance', 'twoStep'], entry: ['enterFirst'] },
  },
  {
    code: 'clearance.mode_consolidated_comes_after_movement',
    when: { filing: ['advance', 'twoStep'], batch: ['consolidated'] },
  },
  {
    code: 'clearance.mode_nothing_arrives_from_abroad',
    when: { filing: ['advance', 'twoStep'], line: ZONE_SIDES },
  },
  {
    code: 'clearance.mode_stages_need_a_port',
    when: { admission: ['twoStage'], line: ZONE_SIDES },
  },
  {
    code: 'clearance.mode_already_inside',
    when: { admission: ['twoStage'], entry: ['enterFirst'] },
  },
  {
    code: 'clearance.mode_already_moved',
    when: { admission: ['twoStage'], batch: ['consolidated'] },
  },
  {
    code: 'clearance.mode_enter_first_is_for_the_first_line',
    when: { entry: ['enterFirst'], line: ['port', 'secondLine', 'withinZone', 'betweenZones'] },
  },
  {
    code: 'clearance.mode_enter_first_is_declared_singly',
    when: { entry: ['enterFirst'], batch: ['consolidated'] },
  },
  {
    code: 'clearance.mode_first_line_is_declared_singly',
    when: { batch: ['consolidated'], line: ['firstLine'] },
  },
  {
    code: 'clearance.mode_no_border_there',
    when: { place: ['borderExamination', 'fileInlandReleaseAtPort'], line: ZONE_SIDES },
  },
  {
    code: 'clearance.mode_nothing_left_to_examine_on_the_way',
    when: {
      place: ['borderExamination', 'destinationExamination', 'fileInlandReleaseAtPort'],
      batch: ['consolidated'],
    },
  },
  {
    code: 'clearance.mode_transit_needs_two_offices',
    when: { transit: ['transit'], line: ['secondLine', 'withinZone'] },
  },
  {
    code: 'clearance.mode_transit_is_declared_singly',
    when: { transit: ['transit'], batch: ['consolidated'] },
  },
  {
    code: 'clearance.mode_transit_ends_before_entry',
    when: { transit: ['transit'], entry: ['enterFirst'] },
  },
  {
    code: 'clearance.mode_within_a_zone_nothing_sails',
    when: { line: ['withinZone'], transport: ['sea', 'rail', 'air'] },
  },
  {
    // Goods that are to be examined at destination have to get there before release: removed in a
    // first stage, or under seal.
    code: 'clearance.mode_destination_needs_stages_or_transit',
    when: { place: ['destinationExamination'], admission: ['oneStage'], transit: ['none'] },
    legalBasis: '海关总署公告2019年第160号',
  },
];

export const CONFLICTS: readonly ModeConflict[] = LISTED.map(({ code, when, legalBasis }) => ({
  code,
  when: Object.fromEntries(Object.entries(when).map(([axis, values]) => [axis, [...values]])),
  legalBasis: legalBasis ?? null,
}));

/** The conflicts a choice runs into. */
export const conflictsOf = (choice: ModeChoice): ModeConflict[] =>
  CONFLICTS.filter(({ when }) =>
    Object.entries(when).every(([axis, values]) => values.includes(choice[axis as Axis])),
  );
