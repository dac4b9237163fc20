/** What a column of a list says, whatever it is called there. */
export type Role =
  | 'cas'
  | 'name'
  | 'aliases'
  | 'zh'
  | 'zhAliases'
  | 'un'
  | 'class'
  | 'packingGroup'
  | 'subsidiary'
  | 'hs'
  | 'formula'
  | 'statements'
  | 'entry';

/** The columns' names in the lists we know, without case, spaces and signs. */
const HEADINGS: Readonly<Record<Role, readonly string[]>> = {
  cas: 'cas casrn casno casnumber casnr cas号 cas登记号 casregistrynumber casrns'.split(' '),
  name: `name en enname nameen ecname chemicalname substancename substance chemical englishname 英文名 英文名称
    nomen psn propershippingname iupacname preferredname inn title chemicalnameenglish nameofsubstance
    internationalchemicalidentification description substanceschemicals chemicalsubstance`.split(
    /\s+/,
  ),
  aliases:
    'aliases alias synonyms synonym othernames othername alternativenames tradenames commonname'.split(
      ' ',
    ),
  zh: '品名 中文名 中文名称 zh namezh 化学品名称 名称 化学品中文名 物质名称 中文品名'.split(' '),
  zhAliases: '别名 俗名 中文别名'.split(' '),
  un: 'un unnumber unno un号 联合国编号 联合国危险货物编号 idnumber unnumbers'.split(' '),
  class: 'class hazardclass dgclass 类别 危险性类别 危险货物类别 classordivision'.split(' '),
  packingGroup: 'pg packinggroup packaginggroup 包装类别 包装类'.split(' '),
  subsidiary: 'subrisks subsidiaryrisk subsidiaryrisks subsidiaryhazard 次要危险性'.split(' '),
  hs: 'hs hs6 hscode cncode code10 商品编码 税则号列 税号 code8 cn'.split(' '),
  formula: 'formula molecularformula 分子式'.split(' '),
  statements:
    `hcodes hstatements hazardstatements hazardstatement hazardstatementcodes hazardstatementcode
    hazardcode hazardcodes 危险性说明`.split(/\s+/),
  entry: '序号 no indexno index entry ecno ecnumber cus number'.split(' '),
};

const ROLES = new Map(
  (Object.entries(HEADINGS) as [Role, readonly string[]][]).flatMap(([role, names]) =>
    names.map((name) => [name, role] as const),
  ),
);

const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^a-z0-9\p{Script=Han}]/gu, '');

/**
 * Which column says what: by `mapping` where one is given (`{ name: 'Stoffname' }`), else by the heading.
 * A role several columns could have belongs to the first; a column of no role becomes an attribute.
 */
export function rolesOf(
  header: readonly string[],
  mapping: Readonly<Partial<Record<Role, string>>> = {},
): (Role | null)[] {
  const given = new Map(
    Object.entries(mapping).map(([role, heading]) => [plain(heading ?? ''), role as Role]),
  );
  const taken = new Set<Role>(given.values());
  return header.map((heading) => {
    const name = plain(heading);
    const asked = given.get(name);
    if (asked) return asked;
    const role = ROLES.get(name) ?? null;
    if (!role || taken.has(role)) return null;
    taken.add(role);
    return role;
  });
}

export const isRole = (text: string): text is Role => Object.hasOwn(HEADINGS, text);
