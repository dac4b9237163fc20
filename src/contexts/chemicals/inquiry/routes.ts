import { localDateOf } from '../../../kernel/dates.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import type { Identify } from '../detectors/goods-text.ts';
import { conflictsInContainer } from '../segregation/container.ts';
import * as contract from './contract.ts';
import { answerInquiry } from './inquiry.ts';
import { inquire } from './permissions.ts';

const tag = 'chemicals';

export function inquiryRoutes(
  app: HttpApp<Actor>,
  { clock, identify }: { readonly clock: Clock; readonly identify: Identify },
): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/chemicals/identify',
      tag,
      summary: 'What a product is under the law, what it takes, and who decides; keeps nothing.',
      permission: inquire,
      body: contract.Inquiry,
      response: contract.InquiryAnswer,
    },
    async ({ principal, body }) => {
      authorise(principal, inquire);
      return answerInquiry(body, localDateOf(clock.now()), identify);
    },
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/chemicals/segregation',
      tag,
      summary: 'What may not travel in one container together, by the ships’ table.',
      permission: inquire,
      body: contract.Packing,
      response: contract.PackingAnswer,
    },
    async ({ principal, body }) => {
      authorise(principal, inquire);
      const conflicts = conflictsInContainer(body.goods).map(
        ({ goods, level, between, outcome }) => ({
          ...{ level, outcome },
          goods: [...goods] as [string, string],
          between: [...between] as [string, string],
        }),
      );
      return { conflicts };
    },
  );
}
