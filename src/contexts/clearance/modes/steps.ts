import type { ModeOwner, Step } from './contract.ts';

const step = (
  id: string,
  by: ModeOwner,
  zh: string,
  en: string,
  only: 'I' | 'E' | null = null,
): CatalogueStep => ({ id, by, label: { zh, en }, ifSelected: false, only });

interface CatalogueStep extends Step {
  readonly only: 'I' | 'E' | null;
}
const ifSelected = (of: CatalogueStep): CatalogueStep => ({ ...of, ifSelected: true });

/**
 * Every step there is, in the one order in which steps can follow each other. A mode only says which
 * of them it has: that is why any two modes can be laid over each other.
 */
export const STEPS: readonly CatalogueStep[] = [
  step('applyForBatches', 'declarant', '备案业务申报表', 'Register the application form'),
  step('giveDeposit', 'declarant', '提供保证金或担保', 'Give a deposit or guarantee'),
  step('fileInAdvance', 'declarant', '货物运抵前申报', 'File before the goods arrive'),
  step('fileSummary', 'declarant', '概要申报', 'File the summary'),
  step('giveGuarantee', 'declarant', '应税货物提供税款担保', 'Guarantee the tax, if any is due'),
  step('conveyanceEnters', 'carrier', '运输工具申报进境', 'The conveyance declares its entry', 'I'),
  step('arrive', 'terminal', '货物运抵', 'The goods arrive'),
  step('enterZone', 'gate', '凭核放单先行入区', 'Enter the zone by gate passport', 'I'),
  step('moveInBatches', 'gate', '凭出入库单分批进出', 'Move in batches by stock bills'),
  step('startTransit', 'borderOffice', '施封并准予转关运输', 'Seal and let the transit start'),
  step('endTransit', 'destinationOffice', '验封并核销转关', 'Check the seals and end the transit'),
  step('file', 'declarant', '申报', 'File the declaration'),
  step('fileAfterEntry', 'declarant', '入区后申报', 'File after entry', 'I'),
  step('fileConsolidated', 'declarant', '集中申报', 'File one declaration for all movements'),
  step('decide', 'riskControlCentre', '风险甄别', 'Risk decision'),
  ifSelected(step('checkDocuments', 'declarationOffice', '单证审核', 'Documentary check')),
  ifSelected(step('examine', 'borderOffice', '查验', 'Examination')),
  ifSelected(step('examineAtBorder', 'borderOffice', '口岸检查', 'Examination at the border')),
  step('payOrGuarantee', 'declarant', '缴纳税款或提供担保', 'Pay the tax or guarantee it'),
  step('permitRemoval', 'borderOffice', '准予提离', 'Removal permitted'),
  ifSelected(
    step('examineAtDestination', 'destinationOffice', '目的地检查', 'Examination at destination'),
  ),
  step('release', 'borderOffice', '放行', 'Release'),
  step('releaseForUse', 'destinationOffice', '准予销售或使用', 'Release for sale or use'),
  step('passGate', 'gate', '卡口核放', 'Pass the gate of the zone'),
  step('complete', 'declarant', '完整申报', 'Complete the declaration'),
  step('leave', 'carrier', '装载离境', 'Load and leave', 'E'),
  step('close', 'declarationOffice', '结关', 'Closure'),
];

/** Steps that every declaration has, whatever its mode. */
export const ALWAYS: readonly string[] = ['decide', 'checkDocuments', 'close'];
