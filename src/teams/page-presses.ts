import { listVerb, recordVerb } from './cards/button-data.ts';
import { answerListPress } from './list-presses.ts';
import { answerRecordPress } from './record-presses.ts';

/** What answers a press on a button that turns a page of something that is no request's card. */
export const answerPagePress = { [listVerb]: answerListPress, [recordVerb]: answerRecordPress } as const;

/** Verb of such a button. */
export type PageVerb = keyof typeof answerPagePress;
