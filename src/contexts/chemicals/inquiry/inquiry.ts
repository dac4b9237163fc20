import type { LocalDate } from '../../../kernel/dates.ts';
import type { Identify } from '../detectors/goods-text.ts';
import { lawOf } from '../detectors/line.ts';
import type { Inquiry, InquiryAnswer } from './contract.ts';

/** What a text names, what the law says of it on a day, what it asks and of whom. Keeps nothing. */
export function answerInquiry(
  { text, ieFlag, hsCode, partnerCountry, on }: Inquiry,
  today: LocalDate,
  identify: Identify,
): InquiryAnswer {
  const day = on ?? today;
  const identification = identify(text);
  const position = lawOf(identification, {
    ...{ hsCode, ieFlag, on: day, description: text },
    // Whoever asks about an import or an export means the border, unless told otherwise.
    partnerCountry: partnerCountry ?? ABROAD,
  });
  return { on: day, identification, position };
}

const ABROAD = 'ZZ';
