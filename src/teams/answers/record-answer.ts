import { recordPage } from '../../audit/record-page.ts';
import { endEvent } from '../../domain/record-events.ts';
import { refusalSentence } from '../../domain/refusals.ts';
import { finalStates, requestId, requestNumber } from '../../domain/request.ts';
import { isAuditor, type ReadableRequest, readableRequest } from '../../requests/record-access.ts';
import { type RecordQuestion, recordQuestion } from '../../understanding/record-questions.ts';
import { renderCard } from '../cards/render.ts';
import { rememberRequest } from '../planner.ts';
import { recordAsker, requestRecordCard } from '../record-cards.ts';
import { whoDecidedWords, whoDidWords, whyRefusedWords } from '../record-sentences.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { showReceipt } from './follow-up-answers.ts';
import { exportRecords, exportRequestRecord } from './record-export-answer.ts';
import { listActed, listNamed, nameIn, readableAbout } from './record-lists.ts';
import { meantRequests } from './record-request.ts';

/** A receipt is what there is of a proof. */
const asksForProof =
  /\b(?:proof|proves?|receipts?|certificates?|evidence|confirmation|in writing|gone|really deleted)\b/iu;

/** "who approved DSR-88?", "why was it refused?", "what did Megan approve last week?", "the record of DSR-88 as CSV". */
export async function showRecord(services: TeamsServices, turn: Turn): Promise<void> {
  const today = new Date(services.clock.now()).toISOString().slice(0, 10);
  const asked = recordQuestion(turn.text, today);
  const typed = turn.reading.slots.request;
  if (asked.question === 'all' && asksForProof.test(turn.text) && (await showReceipt(services, turn))) return;
  if (typed === undefined) {
    if (asked.question === 'decisions') return listActed(services, turn, asked);
    const name = nameIn(turn);
    if (name !== null && (asked.question === 'who-did' || asked.question === 'all'))
      return listNamed(services, turn, name);
    if (asked.question === 'who-did' && asked.owner !== undefined) return listActed(services, turn, asked);
    const isWide = asked.dates !== undefined || (await saysNoRequest(services, turn));
    if (asked.question === 'export' && isWide) return exportRecords(services, turn, asked);
    if (asked.question === 'all' && asked.dates !== undefined) return listActed(services, turn, asked);
  }
  const readable = await requestOf(services, turn, asked);
  if (readable === null) return;
  await rememberRequest(services, turn.actor, requestId(readable.request.number));
  if (asked.question === 'export') return exportRequestRecord(services, turn, readable, asked);
  const { place } = recordAsker(turn.actor, turn.signal);
  if (asked.question === 'all') return turn.say(await requestRecordCard(services, readable, place));
  await turn.say(await sentenceCard(services, readable, asked));
}

/** An auditor who names no request, and has none of their own, wants the record of all. */
async function saysNoRequest(services: TeamsServices, turn: Turn): Promise<boolean> {
  return isAuditor(services, turn.actor.person) && !/\b(?:it|that|this|its)\b/iu.test(turn.text);
}

/** The request that is asked about, for this reader; null after an answer that there is none. */
async function requestOf(services: TeamsServices, turn: Turn, asked: RecordQuestion): Promise<ReadableRequest | null> {
  const typed = turn.reading.slots.request;
  const asker = recordAsker(turn.actor, turn.signal);
  if (typed !== undefined) {
    const number = requestNumber(typed);
    const readable = number === null ? null : await readableRequest(services, number, asker);
    if (readable !== null) return readable;
    const name = number === null ? typed : requestId(number);
    await sayUnknown(turn, refusalSentence({ reason: 'unknown-request', name }));
    return null;
  }
  const name = nameIn(turn);
  if (name !== null) return requestAbout(services, turn, asked, name);
  for (const number of await meantRequests(services, turn, asked)) {
    const readable = await readableRequest(services, number, asker);
    if (readable !== null) return readable;
  }
  await sayUnknown(
    turn,
    'I do not know which request you mean. Please write its number, for example “who approved DSR-1001?”.',
  );
  return null;
}

/** The newest request about something of this name that the question fits; only where its reader may see what it is about. */
async function requestAbout(
  services: TeamsServices,
  turn: Turn,
  { question }: RecordQuestion,
  name: string,
): Promise<ReadableRequest | null> {
  const found = await readableAbout(services, turn, name);
  if (found === null) return null;
  const isRefused = ({ request: { state } }: ReadableRequest) => finalStates.has(state) && state !== 'succeeded';
  return (question === 'why-refused' ? found.find(isRefused) : undefined) ?? found[0] ?? null;
}

function sayUnknown(turn: Turn, sentence: string): Promise<void> {
  return turn.say(renderCard('notice', { severity: 'refused', sentence, examples: ['status'] }));
}

/** One question about one request, answered in a sentence or two. */
async function sentenceCard(services: TeamsServices, { request, view }: ReadableRequest, asked: RecordQuestion) {
  const { events } = await recordPage(services.database.db, request, view);
  const told = { request, events, isNamed: view === 'names' };
  const id = requestId(request.number);
  const isEnded = finalStates.has(request.state) && endEvent(events) !== null;
  const sentence =
    asked.question === 'why-refused'
      ? whyRefusedWords(told)
      : asked.question === 'who-did'
        ? whoDidWords(told)
        : whoDecidedWords(told);
  const also = isEnded && asked.question !== 'why-refused' ? [`why was ${id} refused?`] : [];
  return renderCard('notice', {
    severity: 'info',
    sentence,
    examples: [`show the record of ${id}`, ...also],
  });
}
