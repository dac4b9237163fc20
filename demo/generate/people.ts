import type { Catalogue } from './catalogue.ts';
import { FIVE_GRADES_FROM, type Register } from './enterprises.ts';
import { PLANTS } from './factories/plants.ts';

/** Whom the demo port needs besides its enterprises. */
export interface Organisation {
  readonly id: string;
  readonly kind: 'customsOffice' | 'otherAuthority' | 'terminal' | 'enterprise';
  readonly nameZh: string;
  readonly nameEn: string;
  /** The organisation above it in the administrative hierarchy, if any. */
  readonly parent: string;
}
const SINGLE_WINDOW = 'singleWindow';
/** Grants import and export permits. */
const COMMERCE = 'commerce';
/** Shanghai Customs itself (上海海关), to which the port's offices belong. */
const DIRECT_OFFICE = '2200';

export function organisationsOf(catalogue: Catalogue): Organisation[] {
  return [
    organisation(DIRECT_OFFICE, 'customsOffice', '上海海关', 'Shanghai Customs'),
    ...catalogue.offices.map(({ code, zh, en }) => ({
      ...organisation(code, 'customsOffice', zh, en),
      parent: code.startsWith('22') ? DIRECT_OFFICE : '',
    })),
    ...catalogue.carriers.map(({ prefix, name }) => organisation(prefix, 'enterprise', name, name)),
    ...catalogue.premises.map(({ id, zh, en }) => organisation(id, 'terminal', zh, en)),
    organisation(
      SINGLE_WINDOW,
      'otherAuthority',
      '演示国际贸易“单一窗口”',
      'Demo International Trade Single Window',
    ),
    organisation(
      'maritimeSafety',
      'otherAuthority',
      '演示海事机构',
      'Demo Maritime Safety Authority',
    ),
    organisation(COMMERCE, 'otherAuthority', '演示商务主管部门', 'Demo Commerce Department'),
  ];
}

const organisation = (
  id: string,
  kind: Organisation['kind'],
  nameZh: string,
  nameEn: string,
): Organisation => ({ id, kind, nameZh, nameEn, parent: '' });

/** A person in a post, as one row of `people-and-posts.csv`; lists are joined by a space. */
export interface Appointment {
  readonly person: string;
  readonly name: string;
  /** Empty for those who act by API key only. */
  readonly account: string;
  readonly password: string;
  readonly post: string;
  readonly title: string;
  readonly titleEn: string;
  readonly organisation: string;
  readonly roles: string;
  readonly offices: string;
  readonly mayBackdate: 'yes' | '';
  readonly from: string;
}

/** What stands on the door, in Chinese and in English. */
type Title = readonly [zh: string, en: string];

export const APPOINTMENT_COLUMNS = [
  'person',
  'name',
  'account',
  'password',
  'post',
  'title',
  'titleEn',
  'organisation',
  'roles',
  'offices',
  'mayBackdate',
  'from',
] as const satisfies readonly (keyof Appointment)[];

/** The accounts a person may try, for the sign-in page of a demo port. */
export const accountsOf = (posts: readonly Appointment[]) =>
  posts
    .filter(({ account }) => account !== '')
    .map(({ account, password, roles, name, title, titleEn }) => ({
      ...{ account, password, role: roles, name, title, titleEn },
    }));

/** One password for every demo account. It protects nothing: these accounts exist in the demo port only. */
const DEMO_PASSWORD = 'jianghai-demo';

/**
 * Posts that load history by key: the single window, the terminals’ reports, the demo examiner, other
 * authorities, an enterprise in a zone, and the pair of an analyst who proposes and a supervisor who approves.
 */
export const LOADERS = {
  singleWindow: 'demo.singleWindow',
  terminals: 'demo.terminals',
  examiner: 'demo.examiner',
  analyst: 'demo.analyst',
  supervisor: 'demo.supervisor',
  commerce: 'demo.commerce',
  maritime: 'demo.maritime',
  zoneEnterprise: 'demo.zoneEnterprise',
} as const;
/** Posts of people whose own programs send messages in their name. */
export const SENDERS = { broker: 'declarant.post', carrier: 'carrier.post' } as const;
/** The post of the importer whose chemicals arrive on the last day. */
export const IMPORTER = 'importer.post';
/** The officer who confirms what the demo examiner decided of a factory: never the same person. */
export const CONFIRMER = 'officer2.post';
/** The post by which the ERP of a factory sends, by the id of its ledger. */
export const factoryPost = (ledger: string): string => `demo.factory.${ledger}`;
/** The post of the person who signs its filings and pays what they owe. */
export const signerPost = (ledger: string): string => `demo.signer.${ledger}`;
/** The pair of officers in whose names the demo examiner records. */
export const EXAMINERS = ['周海燕', '徐志强'] as const;

export function appointments(catalogue: Catalogue, register: Register): Appointment[] {
  const offices = catalogue.offices.map((office) => office.code).join(' ');
  const shanghai = catalogue.offices
    .filter((office) => office.code.startsWith('22'))
    .map((office) => office.code)
    .join(' ');
  const broker = register.brokers[0]?.uscc ?? '';
  const importer = [...register.traders].sort((a, b) => b.activity - a.activity)[0];
  const person = (
    account: string,
    name: string,
    [title, titleEn]: Title,
    organisation: string,
    roles: string,
    where = '',
  ): Appointment => ({
    person: account,
    name,
    account,
    password: DEMO_PASSWORD,
    post: `${account}.post`,
    title,
    titleEn,
    organisation,
    roles,
    offices: where,
    mayBackdate: '',
    from: FIVE_GRADES_FROM,
  });
  const loader = (
    post: string,
    name: string,
    title: Title,
    organisation: string,
    roles: string,
    where = '',
  ): Appointment => ({
    ...person('', name, title, organisation, roles, where),
    person: post,
    password: '',
    post,
    mayBackdate: 'yes',
  });
  return [
    person('declarant', '陈晓琳', ['报关员', 'Declarant'], broker, 'declarant'),
    person(
      'importer',
      '林思远',
      ['关务经理', 'Customs manager'],
      importer?.enterprise.uscc ?? broker,
      'declarant',
    ),
    person(
      'factory',
      '何静怡',
      ['保税主管', 'Bonded goods manager'],
      register.factories[0]?.uscc ?? broker,
      'declarant',
    ),
    person(
      'officer',
      '王建国',
      ['查验一科科员', 'Officer, Examination Section 1'],
      '2225',
      'portOfficer',
      shanghai,
    ),
    person(
      'officer2',
      '李文静',
      ['查验二科科长', 'Head, Examination Section 2'],
      '2248',
      'portOfficer',
      shanghai,
    ),
    person('analyst', '张浩然', ['风险分析员', 'Risk analyst'], DIRECT_OFFICE, 'riskAnalyst'),
    person(
      'supervisor',
      '刘立新',
      ['现场处处长', 'Director of port operations'],
      DIRECT_OFFICE,
      'supervisor',
      offices,
    ),
    person('auditor', '赵敏', ['督察审计', 'Internal audit'], DIRECT_OFFICE, 'auditor'),
    person('terminal', '吴俊杰', ['码头操作员', 'Terminal operator'], 'SHYS4', 'terminal'),
    person('carrier', '韩雪', ['舱单操作员', 'Manifest clerk'], 'DJOL', 'carrier'),
    person(
      'authority',
      '孙雨桐',
      ['海事协管', 'Maritime liaison'],
      'maritimeSafety',
      'otherAuthority',
    ),
    loader(
      LOADERS.singleWindow,
      '演示单一窗口',
      ['报文转发', 'Message forwarding'],
      SINGLE_WINDOW,
      'singleWindow',
    ),
    loader(LOADERS.terminals, '演示码头系统', ['运抵报告', 'Arrival reports'], 'SHYS4', 'terminal'),
    loader(
      LOADERS.examiner,
      '演示查验员',
      ['演示查验', 'Demo examination'],
      DIRECT_OFFICE,
      'portOfficer',
      offices,
    ),
    loader(
      LOADERS.commerce,
      '演示商务系统',
      ['许可证件签发', 'Permits'],
      COMMERCE,
      'otherAuthority',
    ),
    loader(
      LOADERS.maritime,
      '演示海事系统',
      ['危险货物审核', 'Dangerous goods review'],
      'maritimeSafety',
      'otherAuthority',
    ),
    loader(
      ...([
        LOADERS.zoneEnterprise,
        '演示区内企业系统',
        ['核放单与出入库', 'Gate passports and stock'],
      ] as const),
      ...([importer?.enterprise.uscc ?? broker, 'enterpriseSystem'] as const),
    ),
    ...PLANTS.map(({ ledger, enterprise }, place) =>
      loader(
        ...([
          factoryPost(ledger.id),
          `${enterprise.zh}系统`,
          ['工单与盘点', 'Work orders and counts'],
        ] as const),
        ...([register.factories[place]?.uscc ?? broker, 'enterpriseSystem'] as const),
      ),
    ),
    ...PLANTS.map(({ ledger, enterprise }, place) =>
      loader(
        ...([
          signerPost(ledger.id),
          `${enterprise.zh}关务`,
          ['报核与缴税', 'Filings and payment'],
        ] as const),
        ...([register.factories[place]?.uscc ?? broker, 'declarant'] as const),
      ),
    ),
    loader(
      LOADERS.analyst,
      '演示分析员',
      ['演示风险分析', 'Demo risk analysis'],
      DIRECT_OFFICE,
      'riskAnalyst',
    ),
    loader(
      LOADERS.supervisor,
      '演示主管',
      ['演示风险防控主管', 'Demo risk control lead'],
      DIRECT_OFFICE,
      'supervisor',
      offices,
    ),
  ];
}
