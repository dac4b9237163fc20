// The layers and tiers of ARCHITECTURE.md, as errors. `test/boundaries.test.ts` plants one fault per rule.
const tiers = require('./src/contexts/tiers.json');

const inside = (names) => `^src/contexts/(${names.join('|')})/`;
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

const contextsLookDown = tiers.flatMap((tier, i) =>
  tier.map((name) =>
    rule(
      `${name}-looks-only-down`,
      { path: inside([name]) },
      { path: inside([...tiers.slice(i).flat().filter((other) => other !== name), '$none']) },
    ),
  ),
);

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule('kernel-is-the-floor', { path: '^src/kernel/' }, { path: '^src/(?!kernel/)' }),
    rule('platform-knows-no-domain', { path: '^src/platform/' }, { path: '^src/(contexts|apps)/' }),
    rule('contexts-know-no-app', { path: '^src/contexts/' }, { path: '^src/apps/' }),
    rule(
      'front-door-only',
      { path: '^src/contexts/([^/]+)/' },
      { path: '^src/contexts/(?!$1/)[^/]+/(?!index\\.ts$)' },
    ),
    rule(
      'apps-use-front-doors',
      { path: '^src/apps/' },
      { path: '^src/contexts/[^/]+/(?!index\\.ts$)' },
    ),
    rule(
      'contract-is-pure',
      { path: '^src/contexts/[^/]+/contract\\.ts$' },
      { path: '^src/(?!kernel/|contexts/[^/]+/contract\\.ts$)' },
    ),
    rule(
      'only-store-speaks-sql',
      { path: '^src/contexts/', pathNot: '(/store(\\.ts$|/)|\\.test\\.ts$)' },
      { path: '^(src/platform/(postgres|analytics)/(?!(testing|transaction)\\.ts)|node_modules/(kysely|pg|@duckdb)/)' },
    ),
    rule(
      'only-routes-speak-http',
      { path: '^src/contexts/', pathNot: '(/routes(\\.ts$|/)|\\.test\\.ts$)' },
      { path: '^(src/platform/http/|node_modules/(hono|@hono)/)' },
    ),
    rule(
      'web-sees-contracts-only',
      { path: '^web/' },
      { path: '^src/(?!contexts/[^/]+/contract\\.ts$|kernel/)' },
    ),
    rule('src-never-sees-the-demo', { path: '^src/' }, { path: '^(demo|bench|test)/' }),
    rule('demo-uses-the-public-surface', { path: '^demo/' }, { path: '^src/(?!kernel/|contexts/[^/]+/contract\\.ts$)' }),
    ...contextsLookDown,
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
