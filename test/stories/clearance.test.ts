// From filing to release, and from filing to a finding and its disposition, through HTTP; what the
// figures say of it, and what everybody else is not allowed to see or do.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/kernel/canonical.ts';
import { cleanExamination, filing, openPort, type StoryPort } from './port.ts';

let quiet: StoryPort;
let strict: StoryPort;
beforeAll(async () => {
  quiet = await openPort();
  strict = await openPort({ samplingRate: 1 });
});
afterAll(async () => {
  await quiet?.close();
  await strict?.close();
});

describe('an ordinary import', () => {
  test('is filed, accepted, and released when the terminal confirms its arrival', async () => {
    const filed = await quiet.done('declarant', 'POST', '/api/declarations', filing('S-1'));
    expect(filed).toMatchObject({
      outcome: 'accepted',
      lane: 'green',
      unmet: ['arrivalConfirmed'],
    });
    const waiting = await quiet.done('declarant', 'GET', '/api/declarations/S-1');
    const arrival = waiting.declaration.conditions.find(
      (c: { kind: string }) => c.kind === 'arrivalConfirmed',
    );
    expect(arrival).toMatchObject({
      status: 'unmet',
      owner: '外高桥港区四期',
      legalBasis: expect.stringContaining('海关法'),
    });
    await quiet.done('terminal', 'POST', '/api/declarations/S-1/arrival', {
      premises: '外高桥四期',
    });
    const { declaration, timeline } = await quiet.done('declarant', 'GET', '/api/declarations/S-1');
    expect(declaration).toMatchObject({ status: 'released', untouched: true });
    expect(timeline.at(-1)).toMatchObject({ kind: 'clearance.released', actor: 'terminal' });
  });

  test('a wrong one comes back with every problem, field, value, rule and what to do', async () => {
    const result = await quiet.done(
      'declarant',
      'POST',
      '/api/declarations',
      filing('S-2', { currency: 'ZZZ', netMassKg: '9999', totalValue: '1,000' }),
    );
    expect(result.outcome).toBe('returned');
    expect(
      result.problems.map((p: { code: string; path: string }) => `${p.code} ${p.path}`),
    ).toEqual([
      'clearance.code_not_in_force currency',
      'clearance.not_a_number totalValue',
      'clearance.net_exceeds_gross netMassKg',
      'clearance.totals_disagree netMassKg',
    ]);
    const sentences = await quiet.done('declarant', 'GET', '/api/messages');
    for (const { code } of result.problems) {
      expect(sentences.zh[code]).toBeTruthy();
      expect(sentences.en[code]).toBeTruthy();
    }
  });

  test('SQL and HTML in any field are only text', async () => {
    const nasty = `'; drop table clearance.declaration; -- <script>alert(1)</script> =1+1`;
    await quiet.done('declarant', 'POST', '/api/declarations', filing('S-3', { remarks: nasty }));
    const { declaration } = await quiet.done('declarant', 'GET', '/api/declarations/S-3');
    expect(declaration.content.remarks).toBe(nasty);
  });
});

describe('a selected import', () => {
  test('is examined by two officers, found wrong, paid for, and only then released', async () => {
    await strict.done('declarant', 'POST', '/api/declarations', filing('R-1'));
    await strict.done('terminal', 'POST', '/api/declarations/R-1/arrival', { premises: '外四期' });
    const { items } = await strict.done('officer', 'GET', '/api/work-list');
    expect(items[0]).toMatchObject({ id: 'R-1', task: 'examination' });
    const photograph = await strict.platform.app.request('/api/files', {
      method: 'POST',
      headers: { cookie: await signedIn(strict, 'officer'), 'content-type': 'image/png' },
      body: Buffer.from('89504e470d0a1a0a', 'hex'),
    });
    const { id } = (await photograph.json()) as { id: string };
    const finding = {
      kind: 'undervaluation',
      severity: 'serious',
      description: '实付价高于申报',
      quantity: null,
      unit: null,
      lineNo: 1,
    };
    const found = await strict.done('officer', 'POST', '/api/declarations/R-1/examinations', {
      ...cleanExamination,
      photographs: [id],
      findings: [finding],
    });
    expect(found.status).toBe('disposition');
    const { cases } = await strict.done('officer', 'GET', '/api/cases?status=open');
    expect(cases).toMatchObject([
      { about: 'declaration:R-1', status: 'open', findings: [{ kind: 'undervaluation' }] },
    ]);
    await strict.done('officer', 'POST', '/api/declarations/R-1/disposition', {
      disposition: 'pay',
    });
    const paid = await strict.done('officer', 'POST', '/api/declarations/R-1/carried-out', {
      evidence: '税单 2225-1',
    });
    expect(paid.status).toBe('released');
    expect((await strict.done('officer', 'GET', '/api/cases?status=open')).cases).toEqual([]);
  });

  test('every reason is told, and the decision replays to the byte', async () => {
    await strict.done('declarant', 'POST', '/api/declarations', filing('R-2'));
    const { declaration, decision } = await strict.done('auditor', 'GET', '/api/declarations/R-2');
    expect(decision.sampling).toMatchObject({ rate: 1, selected: true });
    const replayed = await strict.done(
      'auditor',
      'POST',
      `/api/decisions/${encodeURIComponent(declaration.decisionId)}/replay`,
    );
    expect(replayed.identical).toBe(true);
  });
});

describe('what a declarant is told of a decision', () => {
  test('why the goods were selected, and nothing that would teach evasion', async () => {
    await strict.done('declarant', 'POST', '/api/declarations', filing('R-3'));
    const mine = await strict.done('declarant', 'GET', '/api/declarations/R-3');
    expect(mine.decision).toMatchObject({ lane: 'red', score: 0, sampling: null, facts: {} });
    const decided = mine.timeline.find((e: { kind: string }) => e.kind === 'clearance.decided');
    expect(decided.payload).toEqual({ lane: 'red' });
    const officers = await strict.done('officer', 'GET', '/api/declarations/R-3');
    expect(officers.decision).toMatchObject({ selectedBy: 'targeting', sampling: null });
    const auditors = await strict.done('auditor', 'GET', '/api/declarations/R-3');
    expect(auditors.decision).toMatchObject({ selectedBy: 'sample', sampling: { selected: true } });
    const list = await strict.done('declarant', 'GET', '/api/declarations?sort=-score');
    expect(list.rows.every((row: { score: unknown }) => row.score === null)).toBe(true);
  });
});

describe('the figures', () => {
  const figures = async (port: StoryPort) => {
    await port.platform.pool.catchUp();
    return (await port.done('supervisor', 'GET', '/api/figures')).figures as {
      metric: string;
      numerator: number;
      evidence: { records: number };
      counterFigure: string;
    }[];
  };

  test('each has as many records as its numerator, and a counter-figure that exists', async () => {
    for (const port of [quiet, strict]) {
      const all = await figures(port);
      const names = all.map((figure) => figure.metric);
      for (const figure of all) {
        const { records } = await port.done(
          'supervisor',
          'GET',
          `/api/figures/${figure.metric}/records`,
        );
        expect(records, figure.metric).toHaveLength(figure.numerator);
        expect(figure.evidence.records).toBe(figure.numerator);
        expect(names).toContain(figure.counterFigure);
      }
    }
  });

  test('computed again they are the same bytes; one event more and they are not', async () => {
    const before = await figures(quiet);
    expect(canonicalJson(await figures(quiet))).toBe(canonicalJson(before));
    await quiet.done('declarant', 'POST', '/api/declarations', filing('S-9'));
    await quiet.done('terminal', 'POST', '/api/declarations/S-9/arrival', { premises: '外四期' });
    const after = await figures(quiet);
    for (const metric of ['untouched', 'returned', 'examined', 'timeToRelease.median']) {
      const find = (all: typeof before) => all.find((figure) => figure.metric === metric);
      expect(canonicalJson(find(after)), metric).not.toBe(canonicalJson(find(before)));
    }
  });

  test('rebuilding the pool from the events gives the same figures', async () => {
    const before = await figures(quiet);
    await quiet.platform.pool.rebuild();
    expect(canonicalJson(await figures(quiet))).toBe(canonicalJson(before));
  });
});

describe('what others may not', () => {
  test.each([
    ['an officer files', 'officer', 'POST', '/api/declarations', filing('X-1')],
    [
      'a declarant confirms arrival',
      'declarant',
      'POST',
      '/api/declarations/R-2/arrival',
      { premises: 'x' },
    ],
    [
      'a declarant examines',
      'declarant',
      'POST',
      '/api/declarations/R-2/examinations',
      cleanExamination,
    ],
    [
      'an analyst disposes',
      'analyst',
      'POST',
      '/api/declarations/R-2/disposition',
      { disposition: 'release' },
    ],
    ['a declarant reads the figures', 'declarant', 'GET', '/api/figures', undefined],
    ['a declarant reads the audit', 'declarant', 'GET', '/api/audit', undefined],
    ['a terminal opens a declaration', 'terminal', 'GET', '/api/declarations/R-2', undefined],
    [
      'a supervisor makes accounts',
      'supervisor',
      'POST',
      '/api/people',
      { people: [{ id: 'x', name: 'x', posts: [] }] },
    ],
  ] as const)(
    '%s: refused, and the refusal is on record',
    async (_, player, method, path, body) => {
      const answer = await strict.as(player, method, path, body);
      expect([answer.status, answer.body.kind]).toEqual([403, 'forbidden']);
      expect(answer.body.refusals[0].sentence.zh).not.toBe(answer.body.refusals[0].code);
      const { rows } = await strict.done('auditor', 'GET', '/api/audit?outcome=refused');
      expect(rows[0]).toMatchObject({ personId: player, outcome: 'refused' });
    },
  );

  test('nobody in particular gets nothing: every operation but the public ones asks who is calling', async () => {
    const { paths } = (await strict.as(null, 'GET', '/api/openapi.json')).body as {
      paths: Record<string, Record<string, { security?: unknown[] }>>;
    };
    const open: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const concrete = path.replaceAll(/\{\w+\}/g, 'x');
        const { status } = await strict.as(null, method.toUpperCase(), concrete);
        if (operation.security?.length === 0) open.push(`${method} ${path}`);
        else expect([method, path, status]).toEqual([method, path, 401]);
      }
    }
    // A release notice is verified by whoever holds it, with nothing but the keys and what was revoked.
    expect(open.sort()).toEqual([
      'get /api/messages',
      'get /api/port',
      'get /api/releases/keys',
      'get /api/releases/revocations',
      'post /api/releases/verification',
      'post /api/session',
    ]);
  });
});

async function signedIn(port: StoryPort, account: string): Promise<string> {
  const response = await port.platform.app.request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: 'a-story-is-told' }),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
