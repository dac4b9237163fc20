import { RELEASE_FOR_USE } from '../clock-rules.ts';
import { both, CUSTOMS_LAW, describe } from './describe.ts';

export const ADMISSION = [
  describe('admission', 'oneStage', {
    label: both('一段准入', 'One stage'),
    explanation: both(
      '全部条件满足后一次放行，放行即可销售或使用。',
      'Released once, when every condition is met; released goods may be sold or used.',
    ),
    saves: both('放行后不再受限。', 'Nothing restricts the goods after release.'),
    legalBasis: '海关法 第二十九条',
    from: CUSTOMS_LAW,
    steps: ['release'],
  }),
  describe('admission', 'twoStage', {
    label: both('两段准入', 'Two-stage'),
    explanation: both(
      '口岸环节办结即准予提离（附条件提离）；监管证件核销、合格评定、目的地检查办结后，再准予销售或使用。',
      'Goods may be removed when the port has finished (conditional removal); they may be sold or used when permits are written down, conformity is assessed and any examination at destination is done.',
    ),
    asks: both(
      '提离后自行存放，办结前不得销售或使用。',
      'Removed goods are kept, not sold or used.',
    ),
    saves: both(
      '免去在口岸等待检测和证件核销。',
      'No waiting at the port for laboratory or permits.',
    ),
    legalBasis: '海关总署公告2019年第160号',
    from: '2019-10-18',
    steps: ['permitRemoval', 'releaseForUse'],
    forUse: ['permitsWrittenDown', 'quarantineCleared'],
    clocks: [RELEASE_FOR_USE],
    only: 'I',
  }),
];
