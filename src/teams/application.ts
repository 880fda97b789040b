import { Application, type TeamsAdapter, type TurnState } from '@microsoft/teams-ai';
import type { Activity, TurnContext } from 'botbuilder';
import { noteArrival, noteMessage } from '../requests/messages.ts';
import { triedRoles } from '../requests/role-members.ts';
import { addressProof, proofBeside } from '../understanding/address-proof-phrases.ts';
import { isAboutAddresses, type Reading } from '../understanding/intents.ts';
import type { FinalReading, SecondOpinion } from '../understanding/second-opinion.ts';
import { answerAddressPress } from './address-presses.ts';
import * as talk from './answers/small-talk-answers.ts';
import {
  addressVerb,
  choosePress,
  chooseVerb,
  deputyVerb,
  holdVerb,
  listVerb,
  recordVerb,
  sayPress,
  sayVerb,
  scheduleVerb,
} from './cards/button-data.ts';
import { offeredPress, offeredVerb } from './cards/meant-press.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { askFirstQuestion } from './deletion-question.ts';
import { answerDeputyPress } from './deputy-presses.ts';
import { takeDeletion, takeEdit } from './edits.ts';
import { answerHoldPress } from './hold-presses.ts';
import { type Actor, identify } from './identity.ts';
import { answerOffered, answerReading } from './intent-answers.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { type Pressed, pressIn } from './message-press.ts';
import { clarificationFor, isPressed, partsOf, replaceMessageText, unreadable } from './message-words.ts';
import { greetArrival, reportUnreached } from './newcomers.ts';
import { explainNotServed } from './not-served.ts';
import { UnclearMessages } from './note-unclear.ts';
import { chosenCard, offerCard } from './offers.ts';
import { answerPagePress, type PageVerb } from './page-presses.ts';
import { answerAction, ReadingPlanner, rememberReading } from './planner.ts';
import { answerPress, isHarmless } from './presses.ts';
import type { Understand } from './reading-thread.ts';
import { sayInTurn, showTyping, typingSoon } from './say.ts';
import { answerSchedulePress, isHarmlessToSchedules } from './schedule-presses.ts';
import type { TeamsServices } from './teams-services.ts';
import { languageOfMessage, sayCardsInEnglish, sayUnderstood } from './their-language.ts';
import { createTurnLimiter, isRateLimited, rateLimitSentence, type TurnLimiter } from './turn-limiter.ts';

/** What handling a message or a press needs. */
interface Bot extends TeamsServices {
  readonly allowance: TurnLimiter;
  readonly unclear: UnclearMessages;
}

/** Builds the teams-ai application: the reader as its planner, the one action that answers, and the card's buttons. */
export function createApplication(
  services: TeamsServices,
  adapter: TeamsAdapter,
  appId: string,
  understand: Understand,
  secondOpinion: SecondOpinion | null,
): Application {
  const bot: Bot = {
    ...services,
    unclear: new UnclearMessages(services),
    allowance: createTurnLimiter(services.clock, services.settings.maxMessageBurst),
  };
  const app = new Application({
    adapter,
    botAppId: appId,
    // teams-ai removes the mention by its characters, wherever they occur in the text; `partsOf` removes it by its position.
    removeRecipientMention: false,
    startTypingTimer: false,
    longRunningMessages: false,
    // Feedback and history are teams-ai's own extras; a sentence is one action here.
    ai: { planner: new ReadingPlanner(services, understand, secondOpinion), allow_looping: false },
  });
  // After each message or press, reports cards that could not be delivered to this person where they belong.
  app.turn('afterTurn', async (context) => {
    if (context.activity.type !== 'message' && context.activity.type !== 'invoke') return true;
    await withActor(services, context, (actor, say) => reportUnreached(services, actor, say)).catch((error: unknown) =>
      services.log.error('could not report undelivered cards', error),
    );
    return true;
  });
  app.ai.action(answerAction, async (context, _state, settled: FinalReading) => {
    await answerSettled(bot, context, settled);
    return '';
  });
  for (const [verb, take] of Object.entries(takenBy)) {
    app.adaptiveCards.actionExecute(verb, async (context, _state, data) => {
      await take(bot, context, data);
      return '';
    });
  }
  app.adaptiveCards.actionExecute(sayVerb, async (context, state, data) => {
    const said = sayPress.safeParse(data);
    const text = said.success ? said.data.text : '';
    if (!(await isServed(services, context))) return '';
    replaceMessageText(context, text);
    await app.ai.run(context, state);
    // The chat shows no message for a tap, so the answer says which sentence it sent.
    return text === '' ? '' : `You said: ${text}`;
  });
  app.activity('message', async (context, state) => {
    const pressed = pressIn(context.activity.value);
    if (pressed !== null) return takePressed(bot, app, context, state, pressed);
    if (isForeignPress(context.activity)) {
      return withActor(services, context, () => respondWithText(context, foreignPressWords));
    }
    // Messages of people who are not served are not read.
    if (!(await isServed(services, context))) return;
    await withActor(services, context, async ({ conversation }) => {
      const { own } = partsOf(context);
      // A code is short enough to be found again from its hash.
      if ((addressProof(own) ?? proofBeside(own))?.kind === 'code') return;
      await noteMessage(services, conversation.id, context.activity.id ?? '', own);
    });
    await answerMessage(services, app, context, state);
  });
  app.activity('messageUpdate', async (context, state) => {
    let wording: string | null = null;
    await withActor(services, context, async (actor, say) => {
      wording = await takeEdit(services, actor, context.activity.id ?? '', partsOf(context).own, say);
    });
    if (wording === null) return;
    context.turnState.set(wordingKey, wording);
    await answerMessage(services, app, context, state);
  });
  app.activity('messageDelete', async (context) => {
    await withActor(services, context, (actor, say) => takeDeletion(services, actor, context.activity.id ?? '', say));
  });
  // Teams and the Playground also send a conversationUpdate about the same arrival; one welcome is enough.
  app.activity('installationUpdate', async (context) => {
    if (context.activity.action !== 'add') return;
    await withActor(services, context, async (actor, say, signal) => {
      if (!(await isNewArrival(services, actor, context.activity.id))) return;
      await say(await talk.welcomeCard(services, actor, signal));
      await greetArrival(services, actor, say);
    });
  });
  return app;
}

/** Answers a message by its reading. Asks first where part of it is missing, or where only a language model has read it. */
function answerSettled(bot: Bot, context: TurnContext, { reading, askFirst }: FinalReading): Promise<void> {
  return withActor(bot, context, async (actor, say, signal) => {
    const parts = partsOf(context);
    const wait = isRateLimited(reading.intent) ? bot.allowance.take(actor.person) : null;
    const question = clarificationFor(parts, reading);
    const activityId = context.turnState.get<string | undefined>(wordingKey) ?? context.activity.id ?? null;
    const show = () => showTyping(context);
    const language = isPressed(context) ? null : languageOfMessage(parts.own, reading);
    const turn = { actor, reading, text: parts.own, language, activityId, say, showTyping: show, signal };
    if (wait !== null) await say(tooManyCard(wait));
    else if (question !== null) {
      await sayCardsInEnglish(turn);
      await say(noticeCard(question));
    } else if (askFirst) {
      await sayUnderstood(turn, true);
      await say(askFirstCard(reading, parts.own));
    } else await answerReading(bot, turn);
    if (!isAboutAddresses(reading)) await bot.unclear.read(actor, parts.own, reading);
  });
}

/** Key in the turn state of the id under which an edited message's new text makes requests. */
const wordingKey = Symbol('wording');

const foreignPressWords = 'That button is not one of mine, so nothing was done. Write “status” to see your requests.';

/** True for a message without text but with the data of a button that is not the bot's. */
function isForeignPress({ text, value }: Activity): boolean {
  return (text ?? '').trim() === '' && value !== undefined && value !== null;
}

/** False for an installation that Teams reports once more, since its welcome must not come twice. */
async function isNewArrival(
  services: TeamsServices,
  { conversation }: Actor,
  id: string | undefined,
): Promise<boolean> {
  return id === undefined || noteArrival(services, conversation.id, id);
}

/** Handles a press that arrived as a message: does exactly what an invoke would do, and answers with a message. */
async function takePressed(
  bot: Bot,
  app: Application,
  context: TurnContext,
  state: TurnState,
  { verb, data }: Pressed,
): Promise<void> {
  if (verb !== sayVerb) return takenBy[verb](bot, context, data);
  if (!(await isServed(bot, context))) return;
  replaceMessageText(context, String(data.text));
  return answerMessage(bot, app, context, state);
}

/** What takes the presses of each verb, apart from those that say a sentence. */
const takenBy = {
  [chooseVerb]: takeChoice,
  [listVerb]: (bot: Bot, context: TurnContext, data: unknown) => takePage(bot, context, data, listVerb),
  [recordVerb]: (bot: Bot, context: TurnContext, data: unknown) => takePage(bot, context, data, recordVerb),
  [offeredVerb]: takeOffered,
  [scheduleVerb]: takeScheduleChoice,
  [addressVerb]: rechecked(answerAddressPress),
  [deputyVerb]: rechecked(answerDeputyPress),
  [holdVerb]: rechecked(answerHoldPress),
} as const;

/** Answers a press on a request's card. */
function takeChoice(bot: Bot, context: TurnContext, data: unknown): Promise<void> {
  const answer = async (actor: Actor, say: (card: RenderedCard) => Promise<void>) => {
    const wait = repeatsWork(data) ? bot.allowance.take(actor.person) : null;
    if (wait !== null) await respondWithText(context, rateLimitSentence(wait));
    else await answerPress(bot, context, actor, data, say);
  };
  return withActor(bot, context, answer, { recheck: !isHarmless(data) });
}

/** Answers a press about a schedule. */
function takeScheduleChoice(bot: Bot, context: TurnContext, data: unknown): Promise<void> {
  const answer = (actor: Actor) => answerSchedulePress(bot, context, actor, data);
  return withActor(bot, context, answer, { recheck: !isHarmlessToSchedules(data) });
}

/** Takes a press that changes rights or what may be deleted: who pressed it is looked up again. */
function rechecked(answer: typeof answerAddressPress) {
  return (bot: Bot, context: TurnContext, data: unknown): Promise<void> =>
    withActor(bot, context, (actor, _say, signal) => answer(bot, context, actor, data, signal), { recheck: true });
}

/** Turns a page of a list, or of a record. */
function takePage(bot: Bot, context: TurnContext, data: unknown, verb: PageVerb): Promise<void> {
  return withActor(bot, context, async (actor, _say, signal) => {
    const wait = bot.allowance.take(actor.person);
    if (wait !== null) await respondWithText(context, rateLimitSentence(wait));
    else await answerPagePress[verb](bot, context, actor, data, signal);
  });
}

/** Continues with the reading on a button, exactly as if the person had written it clearly. */
function takeOffered(bot: Bot, context: TurnContext, data: unknown): Promise<void> {
  return withActor(bot, context, async (actor, say, signal) => {
    const read = offeredPress.safeParse(data);
    if (!read.success) return respondWithText(context, foreignPressWords);
    const { intent, slots, text } = read.data;
    const wait = isRateLimited(intent) ? bot.allowance.take(actor.person) : null;
    if (wait !== null) return respondWithText(context, rateLimitSentence(wait));
    const reading: Reading = { intent, slots, confidence: 1, why: 'the person chose it' };
    await respondWithCard(context, chosenCard(read.data));
    await bot.unclear.tapped(actor, reading);
    await rememberReading(bot, actor, reading);
    await triedRoles(bot, signal);
    await answerOffered(bot, {
      actor,
      reading,
      text: text ?? '',
      language: null,
      activityId: context.activity.id ?? null,
      say,
      showTyping: () => showTyping(context),
      signal,
    });
  });
}

/** True for a retry: the only press on a request's card that creates a request. The others decide, or show what is stored. */
function repeatsWork(data: unknown): boolean {
  const read = choosePress.safeParse(data);
  return read.success && read.data.choice === 'retry';
}

function tooManyCard(seconds: number): RenderedCard {
  return renderCard('notice', { severity: 'refused', sentence: rateLimitSentence(seconds), next: null, examples: [] });
}

/** The question before the preview of a deletion that only a language model has read. */
function askFirstCard(reading: Reading, text: string): RenderedCard {
  const sentence = askFirstQuestion(reading) ?? 'I am not sure that I understood that, so I did nothing.';
  return offerCard([reading], text, sentence) ?? noticeCard(sentence);
}

async function answerMessage(
  services: TeamsServices,
  app: Application,
  context: TurnContext,
  state: TurnState,
): Promise<void> {
  const others = (context.activity.attachments ?? []).filter((each) => !isPartOfText(each?.contentType ?? ''));
  const problem = unreadable(partsOf(context), others.length);
  if (problem === null) {
    await app.ai.run(context, state);
    return;
  }
  await withActor(services, context, (_actor, say) => say(noticeCard(problem)));
}

/** True for the message's own HTML and for references to other messages; every other attachment is a file or a card. */
function isPartOfText(contentType: string): boolean {
  return /^text\/html\b|message_?reference$/iu.test(contentType);
}

function noticeCard(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence, next: null, examples: [...talk.firstExamples] });
}

/** Whether the sender of the activity is served. If not, they have been told why. */
async function isServed(services: TeamsServices, context: TurnContext): Promise<boolean> {
  let served = false;
  await withActor(services, context, async () => {
    served = true;
  });
  return served;
}

/** Runs `work` for the sender of the activity, or tells them why they are not served. `recheck` as in `identify`. */
async function withActor(
  services: TeamsServices,
  context: TurnContext,
  work: (actor: Actor, say: (card: RenderedCard) => Promise<void>, signal: AbortSignal) => Promise<void>,
  options: { readonly recheck?: boolean } = {},
): Promise<void> {
  const cancelTyping = context.activity.type === 'message' ? typingSoon(services.clock, context) : () => undefined;
  // Teams aborts a turn after fifteen seconds; nothing here should take longer.
  const signal = AbortSignal.timeout(13_000);
  try {
    const identified = await identify(services, context, options);
    if (!identified.served) return await explainNotServed(services, context, identified.reason, signal);
    await work(
      identified.actor,
      (card) => {
        cancelTyping();
        return sayInTurn(services, context, card, signal);
      },
      signal,
    );
  } finally {
    cancelTyping();
  }
}
