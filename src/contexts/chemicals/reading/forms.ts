/** A name without the acid, metal or water it came with, and what that was. */
export interface Parent {
  readonly name: string;
  readonly forms: readonly string[];
}

const ENGLISH_AFTER =
  /[ ,]+((?:mono|di|tri|hemi|sesqui)?(?:hydrochloride|hydrobromide|hydroiodide|sulfate|sulphate|phosphate|maleate|tartrate|bitartrate|citrate|fumarate|nitrate|acetate|oxalate|tosylate|mesylate|besilate|hcl|hbr)|(?:(?:mono|di|tri|tetra)?(?:sodium|potassium|calcium|lithium|ammonium|magnesium|zinc|copper|barium) salt)|salt|(?:mono|di|tri|tetra|penta|hexa|hepta|octa|nona|deca|hemi|sesqui)?hydrate)$/;
const ENGLISH_BEFORE =
  /^((?:di|tri)?(?:sodium|potassium|calcium|lithium|ammonium|magnesium|zinc|barium)) (.+?)ate$/;
const CHINESE_AFTER =
  /(一?水合?物?|[二三四五六七八九十]水合?物?|盐酸盐|氢溴酸盐|硫酸盐|磷酸盐|酒石酸盐|草酸盐|马来酸盐|富马酸盐|枸橼酸盐|硝酸盐|[钠钾钙锂镁锌铵]盐|盐)$/;
const CHINESE_BEFORE =
  /^(盐酸|氢溴酸|硫酸|磷酸|酒石酸|重酒石酸|草酸|马来酸|富马酸|枸橼酸|硝酸|无水|[一二三四五六七八九十]水合?)(\p{Script=Han}.+)$/u;
const CHINESE_METAL = /^(.{2,}酸)(钠|钾|钙|锂|镁|锌|铵|钡|铜)$/;

/** The parents a name may come from, nearest first: `盐酸麻黄碱` from 麻黄碱, `sodium phenylacetate` from its acid. */
export function parentsOf(normalised: string): Parent[] {
  const parents: Parent[] = [];
  let name = normalised;
  const forms: string[] = [];
  for (let step = 0; step < 3; step += 1) {
    const found = strip(name);
    if (!found) break;
    name = found.name;
    forms.push(found.form);
    parents.push({ name, forms: [...forms] });
  }
  return parents;
}

function strip(name: string): { name: string; form: string } | null {
  const after = ENGLISH_AFTER.exec(name) ?? CHINESE_AFTER.exec(name);
  if (after && after.index > 1) return { name: name.slice(0, after.index), form: after[1] ?? '' };
  const salt = ENGLISH_BEFORE.exec(name);
  if (salt) return { name: `${salt[2]}ic acid`, form: salt[1] ?? '' };
  const metal = CHINESE_METAL.exec(name);
  if (metal) return { name: metal[1] ?? '', form: metal[2] ?? '' };
  const before = CHINESE_BEFORE.exec(name);
  return before ? { name: before[2] ?? '', form: before[1] ?? '' } : null;
}
