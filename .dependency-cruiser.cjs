// The layers and tiers of ARCHITECTURE.md, as errors. `test/boundaries.test.ts` plants one fault per rule.
const tiers = require('./src/contexts/tiers.json');

const inside = (names) => `^src/contexts/(${names.join('|')})/`;
/** The words of a context, and those of its parts. */
const CONTRACTS = 'src/contexts/[^/]+/contract\\.ts$|src/contexts/[^/]+/[^/]+/contract\\.ts$';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

/** A context sees neither its siblings nor anything above; the highest, alone up there, needs no rule. */
const contextsLookDown = tiers.flatMap((tier, height) =>
  tier.flatMap((name) => {
    const notBelow = tiers
      .slice(height)
      .flat()
      .filter((other) => other !== name);
    if (notBelow.length === 0) return [];
    return [rule(`${name}-looks-only-down`, { path: inside([name]) }, { path: inside(notBelow) })];
  }),
);

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule('kernel-is-the-floor', { path: '^src/kernel/' }, { path: '^src/(?!kernel/)' }),
    rule('platform-knows-no-domain', { path: '^src/platform/' }, { path: '^src/(contexts|apps)/' }),
    rule('contexts-know-no-app', { path: '^src/contexts/' }, { path: '^src/apps/' }),
    // A contract speaks of the words of others, and only of their words: `contract-is-pure` holds it to that.
    rule(
      'front-door-only',
      { path: '^src/contexts/([^/]+)/', pathNot: `^(${CONTRACTS})` },
      { path: '^src/contexts/(?!$1/)[^/]+/(?!index\\.ts$)' },
    ),
    rule(
      'apps-use-front-doors',
      { path: '^src/apps/' },
      { path: '^src/contexts/[^/]+/(?!index\\.ts$)' },
    ),
    rule(
      'contract-is-pure',
      { path: `^(${CONTRACTS})` },
      { pathNot: `^(src/kernel/|${CONTRACTS}|node_modules/zod/)` },
    ),
    rule(
      'only-store-speaks-sql',
      { path: '^src/contexts/', pathNot: '(/store(\\.ts$|/)|(\\.test|/fixtures)\\.ts$)' },
      {
        path: '^(src/platform/(postgres|analytics)/(?!(testing|transaction)\\.ts)|node_modules/(kysely|(@types/)?pg|@duckdb)/)',
      },
    ),
    rule(
      'only-routes-speak-http',
      { path: '^src/contexts/', pathNot: '(/routes(\\.ts$|/)|(\\.test|/testing)\\.ts$)' },
      { path: '^(src/platform/http/|node_modules/(hono|@hono)/)' },
    ),
    rule(
      'web-sees-contracts-only',
      { path: '^web/' },
      // The rule language is pure: the editor reads a text as the server does, while it is typed.
      { path: '^src/', pathNot: `^(${CONTRACTS}|src/contexts/risk/language/|src/kernel/)` },
    ),
    rule('src-never-sees-the-demo', { path: '^src/' }, { path: '^(demo|bench|test)/' }),
    rule(
      'demo-uses-the-public-surface',
      { path: '^demo/' },
      { path: '^src/', pathNot: `^(${CONTRACTS}|src/kernel/)` },
    ),
    ...contextsLookDown,
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
