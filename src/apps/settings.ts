import { z } from 'zod';
import {
  commaSeparated,
  defineSettings,
  platformSettings,
  type Setting,
} from '../platform/config.ts';

/** Everything an operator can set, joined. */
export const settings = defineSettings({
  ...platformSettings,
  portNameZh: {
    env: 'JIANGHAI_NAME_ZH',
    schema: z.string().max(40),
    default: '江海口岸',
    form: 'TEXT',
    about: {
      zh: '口岸中文名，显示在每页页首。',
      en: 'The name of the port in Chinese, at the head of every page.',
    },
  } satisfies Setting<string>,
  portNameEn: {
    env: 'JIANGHAI_NAME_EN',
    schema: z.string().max(80),
    default: 'Port of Jianghai',
    form: 'TEXT',
    about: {
      zh: '口岸英文名，显示在每页页首。',
      en: 'The name of the port in English, at the head of every page.',
    },
  } satisfies Setting<string>,
  conditionsNotComputed: {
    env: 'JIANGHAI_CONDITIONS_NOT_COMPUTED',
    schema: commaSeparated,
    default: [],
    form: 'NAME,NAME,…',
    about: {
      zh: '本口岸尚无系统核算的放行条件。页面会写明“未核算”，绝不默认为已满足。默认全部核算。',
      en: 'Release conditions nothing at this port computes yet. Pages say so; they are never taken as met. By default everything is computed.',
    },
  } satisfies Setting<readonly string[]>,
  samplingRate: {
    env: 'JIANGHAI_SAMPLING_RATE',
    schema: z
      .string()
      .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
      .transform(Number),
    default: 0.02,
    form: '0–1',
    about: {
      zh: '随机抽查比例。没有随机样本就无从得知漏掉了多少；2% 在一个季度内足以给出有用的区间。',
      en: 'The share of consignments examined at random. Without it nobody knows what is missed; 2% gives a useful interval within a quarter.',
    },
  } satisfies Setting<number>,
  retrainEveryDays: {
    env: 'JIANGHAI_RETRAIN_DAYS',
    schema: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
    default: 7,
    form: '0–999',
    about: {
      zh: '每隔多少天用查验结果重新训练风险模型；0 表示只由人工触发。训练结果是草稿，经批准才会生效。',
      en: 'Days between retrainings of the risk model from findings; 0 leaves it to people. What is trained is a draft until it is approved.',
    },
  } satisfies Setting<number>,
  auditPercent: {
    env: 'JIANGHAI_AUDIT_PERCENT',
    schema: z
      .string()
      .regex(/^(100|\d{1,2})$/)
      .transform(Number),
    default: 5,
    form: '0–100',
    about: {
      zh: '蓝色通道放行的报关单中，每百票抽取多少票做放行后稽查。',
      en: 'Of a hundred declarations released in the blue lane, how many are audited after release.',
    },
  } satisfies Setting<number>,
  webhookHosts: {
    env: 'JIANGHAI_WEBHOOK_HOSTS',
    schema: commaSeparated,
    default: [],
    form: 'HOST,HOST:PORT,…',
    about: {
      zh: '允许监管场所登记为放行通知接收地址的主机；默认不允许任何主机。',
      en: 'Hosts a terminal may have its release notices sent to; none by default.',
    },
  } satisfies Setting<readonly string[]>,
  messagesFolder: {
    env: 'JIANGHAI_MESSAGES',
    schema: z.string(),
    default: null,
    form: 'PATH',
    about: {
      zh: '报文目录：各单位在其子目录 in 中放入报文，在 out 中取回执。默认没有：谁能写入，由操作系统的权限决定。',
      en: 'The folder of messages: partners put files into `in` of theirs and find answers in `out`. None by default, since who may write there is for the machine’s own permissions to say.',
    },
  } satisfies Setting<string | null>,
});
