/** One import between two files; a rule is about what it allows and what it does not. */
export interface Planted {
  readonly from: string;
  readonly to: string;
}

/**
 * For each rule of `.dependency-cruiser.cjs`, imports it must catch. The rules about tiers are not here:
 * they are made from `tiers.json`, and so are their faults.
 */
export const FAULTS: Readonly<Record<string, readonly Planted[]>> = {
  'no-cycles': [{ from: 'src/kernel/chicken.ts', to: 'src/kernel/egg.ts' }],
  'kernel-is-the-floor': [{ from: 'src/kernel/decimal.ts', to: 'src/platform/clock.ts' }],
  'platform-knows-no-domain': [
    { from: 'src/platform/files.ts', to: 'src/contexts/risk/index.ts' },
    { from: 'src/platform/files.ts', to: 'src/apps/wiring.ts' },
  ],
  'contexts-know-no-app': [{ from: 'src/contexts/risk/policy.ts', to: 'src/apps/wiring.ts' }],
  'front-door-only': [
    { from: 'src/contexts/clearance/check.ts', to: 'src/contexts/risk/policy.ts' },
    { from: 'src/contexts/clearance/check.ts', to: 'src/contexts/risk/contract.ts' },
  ],
  'apps-use-front-doors': [{ from: 'src/apps/wiring.ts', to: 'src/contexts/risk/store.ts' }],
  'contract-is-pure': [
    { from: 'src/contexts/clearance/contract.ts', to: 'src/contexts/risk/index.ts' },
    { from: 'src/contexts/clearance/contract.ts', to: 'src/platform/clock.ts' },
    { from: 'src/contexts/clearance/contract.ts', to: 'node_modules/kysely/index.js' },
  ],
  'only-store-speaks-sql': [
    { from: 'src/contexts/risk/service.ts', to: 'node_modules/kysely/index.js' },
    { from: 'src/contexts/risk/service.ts', to: 'node_modules/pg/index.js' },
    { from: 'src/contexts/pool/service.ts', to: 'node_modules/@duckdb/node-api/index.js' },
    { from: 'src/contexts/risk/service.ts', to: 'src/platform/postgres/open.ts' },
    { from: 'src/contexts/pool/service.ts', to: 'src/platform/analytics/duckdb.ts' },
  ],
  'only-routes-speak-http': [
    { from: 'src/contexts/risk/service.ts', to: 'node_modules/hono/index.js' },
    { from: 'src/contexts/risk/store.ts', to: 'src/platform/http/index.ts' },
  ],
  'web-sees-contracts-only': [
    { from: 'web/src/page.tsx', to: 'src/contexts/risk/index.ts' },
    { from: 'web/src/page.tsx', to: 'src/platform/clock.ts' },
  ],
  'src-never-sees-the-demo': [
    { from: 'src/apps/wiring.ts', to: 'demo/answers.ts' },
    { from: 'src/platform/clock.ts', to: 'bench/main.ts' },
  ],
  'demo-uses-the-public-surface': [
    { from: 'demo/main.ts', to: 'src/contexts/risk/index.ts' },
    { from: 'demo/main.ts', to: 'src/platform/clock.ts' },
  ],
};

/** Imports that look like faults and are not; a rule that catches one of these is too wide. */
export const ALLOWED: readonly Planted[] = [
  { from: 'src/contexts/clearance/contract.ts', to: 'src/contexts/facts/contract.ts' },
  { from: 'src/contexts/clearance/contract.ts', to: 'src/kernel/egg.ts' },
  { from: 'src/contexts/clearance/contract.ts', to: 'node_modules/zod/index.js' },
  { from: 'src/contexts/clearance/service.ts', to: 'src/contexts/risk/index.ts' },
  { from: 'src/contexts/clearance/service.ts', to: 'src/platform/postgres/transaction.ts' },
  { from: 'src/contexts/clearance/store.ts', to: 'node_modules/kysely/index.js' },
  { from: 'src/contexts/clearance/store/lines.ts', to: 'src/platform/analytics/duckdb.ts' },
  { from: 'src/contexts/clearance/store.test.ts', to: 'src/platform/postgres/open.ts' },
  { from: 'src/contexts/clearance/fixtures.ts', to: 'src/platform/postgres/testing.ts' },
  { from: 'src/contexts/clearance/routes.ts', to: 'src/platform/http/index.ts' },
  { from: 'src/contexts/clearance/routes/file.ts', to: 'node_modules/hono/index.js' },
  { from: 'src/apps/serve.ts', to: 'src/contexts/clearance/index.ts' },
  { from: 'web/src/frame.tsx', to: 'src/contexts/clearance/contract.ts' },
  { from: 'demo/file.ts', to: 'src/contexts/clearance/contract.ts' },
  { from: 'test/stories/day.test.ts', to: 'src/contexts/clearance/store.ts' },
];
