import type { Refusal } from '../../../kernel/refusal.ts';
import type { Passport } from '../../cargo/index.ts';
import type { MessageProblem, Receipt } from '../contract.ts';
import { codes } from '../reading/codes.ts';
import { type Document, valueAt } from '../reading/table.ts';
import { passportAnswerOf } from './passport.ts';
import { writeMessage } from './write.ts';

export interface Answer {
  /** The standard it is written in; `null` for JSON, where the sender's own has no answer we write. */
  readonly standard: string | null;
  readonly mediaType: string;
  readonly text: string;
}

type Say = (refusal: Refusal) => { readonly zh: string; readonly en: string };

/** Our answer to a message as a document of the standard that answers it. */
interface Answering {
  readonly standard: string;
  readonly mediaType: string;
  document(receipt: Receipt, understood: Document, say: Say): Document;
}

const XML = 'application/xml; charset=utf-8';

const problemsOf = ({ problems, documents }: Receipt): MessageProblem[] =>
  [...problems, ...documents.flatMap((document) => document.problems)].filter(
    ({ severity }) => severity !== 'warning',
  );

const isTaken = ({ outcome }: Receipt): boolean => outcome === 'filed' || outcome === 'kept';

/** One sentence of all problems, each with its place. */
function told(receipt: Receipt, say: Say): string | undefined {
  const sentences = problemsOf(receipt).map(
    ({ path, ...problem }) =>
      `${path ? `${path}: ` : ''}${say({ ...problem, ...(path && { path }) } as Refusal).zh}`,
  );
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

const dealt = (receipt: Receipt, say: Say): Document => ({
  code: isTaken(receipt) ? '0' : '1',
  id: receipt.documents[0]?.reference ?? undefined,
  text: told(receipt, say),
});

const errors = (receipt: Receipt, say: Say): Document[] =>
  problemsOf(receipt).map((problem) => ({
    ...(problem.path ? { path: problem.path } : {}),
    code: problem.code,
    text: say(problem as Refusal).en,
  }));

const atSecond = ({ receivedAt }: Receipt): string => receivedAt.replace(/\.\d+Z$/, 'Z');

const declared = ({ documents: [first] }: Receipt): Document => ({
  ...(first?.reference ? { id: first.reference } : {}),
  ...(first?.number ? { number: first.number } : {}),
});

const cusres: Answering = {
  standard: 'CUSRES',
  mediaType: 'application/edifact',
  document: (receipt, understood, say) => {
    const said = (name: string) => valueAt(understood, ['message', name]);
    return {
      message: {
        ...{ type: 'CUSRES', version: 'D:96B:UN', sentAt: receipt.receivedAt.slice(0, 16) },
        ...{ reference: '1', interchange: receipt.id.slice(0, 14) },
        ...{ sender: said('receiver'), receiver: said('sender') },
      },
      type: isTaken(receipt) ? '962' : '963',
      id: receipt.documents[0]?.reference ?? receipt.id,
      function: isTaken(receipt) ? '44' : '27',
      responseType: isTaken(receipt) ? 'AP' : 'RE',
      answeredAt: atSecond(receipt),
      declaration: declared(receipt),
      errors: errors(receipt, say),
    };
  },
};
const commonResponse: Answering = {
  standard: 'CommonResponse',
  mediaType: XML,
  document: (receipt, _, say) => dealt(receipt, say),
};

const ANSWERS = codes<Answering>({
  DecMessage: {
    standard: 'DecImportResponse',
    mediaType: XML,
    document: (receipt, _, say) => dealt(receipt, say),
  },
  'WCO-DEC': {
    standard: 'WCO-RES',
    mediaType: XML,
    document: (receipt, _, say) => ({
      message: { type: 'RES' },
      code: isTaken(receipt) ? '01' : '03',
      id: receipt.id,
      answeredAt: atSecond(receipt),
      declaration: declared(receipt),
      errors: errors(receipt, say).map(({ code, text }) => ({ code, text })),
    }),
  },
  CUSDEC: cusres,
  CUSCAR: cusres,
  INV101: commonResponse,
  SAS121: commonResponse,
});

/**
 * The receipt in the form of the sender's own standard; as JSON where that has none we write. A passport is
 * answered as it stands: approved, at the manual post, returned, or passed.
 */
export function answerOf(
  receipt: Receipt,
  understood: Document,
  say: Say,
  passport: Passport | null = null,
): Answer {
  const told = passport && passportAnswerOf(receipt, understood, passport);
  const answering = ANSWERS.get(receipt.standard ?? '');
  if (!told && !answering) {
    const text = `${JSON.stringify(receipt, null, 2)}\n`;
    return { standard: null, mediaType: 'application/json; charset=utf-8', text };
  }
  const standard = told?.standard ?? answering?.standard ?? '';
  const document = told?.document ?? answering?.document(receipt, understood, say);
  const mediaType = told ? XML : (answering?.mediaType ?? XML);
  return { standard, mediaType, text: writeMessage(JSON.stringify({ standard, document })) };
}
