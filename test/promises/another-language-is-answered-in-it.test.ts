import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../src/teams/their-language.ts';
import { type OtherLanguage, otherLanguages } from '../../src/understanding/language.ts';
import { walk } from '../cards/walk.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { alex, startWorld, type World } from '../harness/world.ts';

/** A deletion, a question about a request and something that is not for Steward, in each language. */
const written: Readonly<Record<OtherLanguage, { command: string; status: string; unknown: string; said: string }>> = {
  de: {
    command: 'lösche bitte das Dataset churn.csv',
    said: 'Verstanden: Datensatz „churn.csv“ löschen.',
    status: 'Wie ist der Status von DSR-999001?',
    unknown: 'wie wird das Wetter morgen?',
  },
  fr: {
    command: 'supprime le dataset churn.csv',
    said: 'Compris : supprimer le jeu de données « churn.csv ».',
    status: 'où en est la demande DSR-999001 ?',
    unknown: 'quel temps fait-il demain ?',
  },
  es: {
    command: 'borra el dataset churn.csv',
    said: 'Entendido: eliminar el conjunto de datos «churn.csv».',
    status: '¿cómo va la solicitud DSR-999001?',
    unknown: 'escríbeme un poema sobre el mar',
  },
  pt: {
    command: 'apaga o dataset churn.csv',
    said: 'Entendido: eliminar o conjunto de dados “churn.csv”.',
    status: 'como está o pedido DSR-999001?',
    unknown: 'como vai estar o tempo amanhã?',
  },
  it: {
    command: 'elimina il dataset churn.csv',
    said: 'Ho capito: eliminare il set di dati «churn.csv».',
    status: 'a che punto è la richiesta DSR-999001?',
    unknown: 'prenota un tavolo per due stasera',
  },
  nl: {
    command: 'verwijder dataset churn.csv',
    said: 'Begrepen: dataset “churn.csv” verwijderen.',
    status: 'hoe ver is verzoek DSR-999001?',
    unknown: 'wat voor weer wordt het morgen?',
  },
  pl: {
    command: 'usuń dataset churn.csv',
    said: 'Zrozumiano: usunąć zbiór danych „churn.csv”.',
    status: 'jaki jest stan wniosku DSR-999001?',
    unknown: 'napisz mi życzenia na urodziny szefa',
  },
};

const chat = personalChat(alex);

/** Writes a message; returns the messages that came since, up to the first one that says `until`. */
async function answersTo(world: World, text: string, until: string, conversation = chat): Promise<PostedMessage[]> {
  const { teams } = world;
  const before = new Set(teams.messages(conversation).map(({ id }) => id));
  const isNew = ({ id }: PostedMessage) => !before.has(id);
  await teams.write(alex, text, conversation === chat ? {} : { conversation, kind: 'channel' });
  const last = await teams.waitFor(conversation, (each) => isNew(each) && cardText(each.card).includes(until));
  return teams.messages(conversation).filter((each) => isNew(each) && (each.id === last.id || each.locale !== null));
}

const textsIn = (messages: readonly PostedMessage[]) => messages.map(({ card }) => cardText(card)).join('\n');

function answersInEachLanguage(world: () => World): void {
  it.each(otherLanguages)('a command gets a sentence in %s, and its preview', async (code) => {
    const { command, said } = written[code];
    const [sentence, preview] = await answersTo(world(), command, 'Delete “churn.csv” from “Churn Lab”?');
    expect(cardText(sentence?.card ?? null)).toBe(`ℹ ${said} ${textsOf[code].cardsInEnglish}`);
    expect([sentence?.locale, preview?.locale]).toEqual([code, null]);
  });
}

describe('a message in another language', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  answersInEachLanguage(() => world);

  it.each(otherLanguages)('that asks about a request is answered in %s, with its id as typed', async (code) => {
    const answers = await answersTo(world, written[code].status, 'DSR-999001');
    expect(answers.filter(({ locale }) => locale === code).length).toBe(1);
    expect(cardText(answers[0]?.card ?? null)).toContain('DSR-999001');
    expect(cardText(answers[0]?.card ?? null)).toContain(textsOf[code].cardsInEnglish);
  });

  it.each(otherLanguages)('that is not for Steward is answered in %s alone, with buttons that work', async (code) => {
    const { notUnderstood, whatIDo, cardsInEnglish, examples } = textsOf[code];
    const [answer, ...more] = await answersTo(world, written[code].unknown, notUnderstood);
    expect([answer?.locale, more]).toEqual([code, []]);
    expect(cardText(answer?.card ?? null)).toContain(`${whatIDo} ${cardsInEnglish}`);
    if (answer === undefined) return;
    const offered = [...walk(answer.card)].filter(({ verb }) => verb === 'say').map(({ data }) => data);
    expect(offered).toEqual(examples.map((text) => ({ text })));
    const before = new Set(world.teams.messages(chat).map(({ id }) => id));
    await world.teams.press(alex, offered[1], { replyTo: answer.id, verb: 'say' });
    const isNew = ({ id }: PostedMessage) => !before.has(id);
    await world.teams.waitFor(chat, (each) => isNew(each) && /datasets/iu.test(cardText(each.card)));
    // A press writes nothing of its own, so nothing is said about its language.
    expect(world.teams.messages(chat).filter((each) => isNew(each) && each.locale !== null)).toEqual([]);
  });

  it('that asks for help gets one line before the card, and a greeting as well', async () => {
    const line = `${textsOf.de.whatIDo} ${textsOf.de.cardsInEnglish}`;
    const help = await answersTo(world, 'was kannst du?', 'delete dataset …');
    expect(cardText(help[0]?.card ?? null)).toBe(`ℹ ${line}`);
    expect(help.length).toBe(2);
    const greeting = await answersTo(world, 'Guten Morgen!', 'export my workspace');
    expect(cardText(greeting[0]?.card ?? null)).toBe(`ℹ ${line}`);
  });

  it('that thanks is answered by that alone', async () => {
    const answers = await answersTo(world, 'vielen Dank!', textsOf.de.youAreWelcome);
    expect(textsIn(answers)).toBe(`ℹ ${textsOf.de.youAreWelcome}`);
  });

  it('is answered in a channel as well', async () => {
    const answers = await answersTo(world, written.de.unknown, textsOf.de.notUnderstood, 'team-of-german');
    expect(answers.map(({ locale }) => locale)).toEqual(['de']);
  });

  it('is answered in English when it is English', async () => {
    const answers = await answersTo(world, 'please delete dataset churn.csv', 'Delete “churn.csv” from “Churn Lab”?');
    const unknown = await answersTo(world, 'what will the weather be like tomorrow', 'I did nothing');
    expect([...answers, ...unknown].filter(({ locale }) => locale !== null)).toEqual([]);
  });

  it('does not get the sentence again after a press on its card', async () => {
    const [, preview] = await answersTo(world, written.de.command, 'Delete “churn.csv” from “Churn Lab”?');
    if (preview === undefined) throw new Error('no preview');
    const before = world.teams.messages(chat).filter(({ locale }) => locale !== null).length;
    await pressButton(world.teams, alex, preview, 'Cancel');
    await world.teams.waitFor(chat, ({ id, card }) => id === preview.id && /[Cc]ancelled/u.test(cardText(card)));
    expect(world.teams.messages(chat).filter(({ locale }) => locale !== null).length).toBe(before);
  });
});

describeOnPostgres('a message in another language, on PostgreSQL', () => {
  let world: World;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const own = await createTestDatabase();
    drop = own.drop;
    world = await startWorld({ database: { kind: 'postgres', url: own.url, maxConnections: 10 } });
  });
  afterAll(async () => {
    await world.close();
    await drop();
  });

  answersInEachLanguage(() => world);
});
