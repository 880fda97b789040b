import type { ExistingName } from '../learned/name-index.ts';
import { hasSpans } from '../learned/reader-model.ts';
import type { KnownNames } from '../learned/segment-features.ts';
import { sentenceFeatures } from '../learned/sentence-features.ts';
import { bestSpans, type TaggerWeights } from '../learned/tagger.ts';
import { taggerInput } from '../learned/tagger-input.ts';
import { type Span, spansOf } from '../learned/tags.ts';
import { textOf, tokenise, type Utterance } from '../utterance.ts';
import { goldTags } from './gold.ts';
import { knownNames, namesIn } from './known.ts';
import { type ClassifiedRow, type TrainedClassifier, trainClassifier } from './network.ts';
import { type TrainedTagger, trainTagger, weightsOf } from './perceptron.ts';
import type { Row } from './rows.ts';

/** The results of training. */
export interface TrainedReader {
  readonly blind: TrainedTagger;
  readonly informed: TrainedTagger;
  readonly classifier: TrainedClassifier;
}

const settings = {
  seed: 1,
  folds: 3,
  foldRounds: 3,
  rounds: 5,
  classifier: { hidden: 48, epochs: 10, dropout: 0.5, rate: 0.1, leastRows: 5, seed: 1 },
};

/** Every third row is used a second time, with existing names known. */
const knownEvery = 3;

interface Prepared {
  readonly row: Row;
  readonly utterance: Utterance;
  readonly spans: readonly Span[];
  /** The existing names, when this row is used a second time; null otherwise. */
  readonly known: KnownNames | null;
}

/** The class of a row: its intent, with a detail from its slots for some. */
function classOf({ intent, slots }: Row): string {
  if (slots.all === true) return `${intent}/all`;
  if (slots.subject === 'me') return `${intent}/me`;
  const detail = slots.scope ?? slots.operation;
  return detail === undefined ? intent : `${intent}/${detail}`;
}

/** The text of a row as a reader gets it, without mentions of the bot. */
export function textOfRow({ text }: Row): string {
  let rest = text;
  for (let at = rest.indexOf('<at>'); at >= 0; at = rest.indexOf('<at>')) {
    const end = rest.indexOf('</at>', at);
    rest = end < 0 ? rest.replace('<at>', ' ') : `${rest.slice(0, at)} ${rest.slice(end + 5)}`;
  }
  return rest.trim();
}

/**
 * Trains the reader. The classifier learns from names that a tagger found in rows it was not trained on (cross-fitting
 * over groups of writers), so that training contains the tagger's mistakes of real use.
 */
export function trainReader(writers: ReadonlyMap<string, readonly Row[]>): TrainedReader {
  const groups = [...writers.values()].map((rows, group) => {
    const namesOf = knownNames(rows.flatMap(namesIn), settings.seed + group);
    return rows.map((row, index): Prepared => {
      const utterance = tokenise(textOfRow(row));
      const known = index % knownEvery === 0 ? namesOf(utterance) : null;
      return { row, utterance, spans: spansOf(goldTags(row, utterance)), known };
    });
  });
  // Excludes rows whose intent has no slots: they may contain unmarked names ("do not delete X"), which would mislead a
  // tagger.
  const tagged = (rows: readonly Prepared[], meaning: (row: Row) => string | null) =>
    rows
      .filter(({ row }) => hasSpans(row.intent))
      .flatMap(({ row, utterance, spans, known }) =>
        (known === null ? [[]] : [[], known]).map((names) => ({
          input: taggerInput(utterance, meaning(row), names),
          spans,
        })),
      );
  const blindly = (rows: readonly Prepared[]) => tagged(rows, () => null);
  const classified: ClassifiedRow[] = [];
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const rest = groups.filter((_, index) => index % settings.folds !== fold).flat();
    const weights = weightsOf(trainTagger(blindly(rest), settings.foldRounds, settings.seed));
    for (const group of groups.filter((_, index) => index % settings.folds === fold))
      classified.push(...asFound(group, weights, settings.seed + fold));
  }
  const all = groups.flat();
  return {
    blind: trainTagger(blindly(all), settings.rounds, settings.seed),
    informed: trainTagger(tagged(all, classOf), settings.rounds, settings.seed),
    classifier: trainClassifier(classified, settings.classifier),
  };
}

/** The rows of one writer with the names that a tagger finds in them; some a second time, with existing names known. */
function asFound(group: readonly Prepared[], weights: TaggerWeights, seed: number): ClassifiedRow[] {
  const found = group.map(({ utterance }) => bestSpans(taggerInput(utterance, null), weights));
  const blindly = group.map(
    ({ row, utterance }, index): ClassifiedRow => ({
      input: sentenceFeatures(utterance, found[index] ?? []),
      target: classOf(row),
    }),
  );
  // Existing names occur in messages of intents without slots too; there the names that the tagger found are used.
  const named = group.flatMap(({ row, utterance }, index) =>
    hasSpans(row.intent) ? namesIn(row) : (found[index] ?? []).flatMap((span) => namesOfSpan(utterance, span)),
  );
  const namesOf = knownNames(named, seed);
  const knowingly = group
    .filter((_, index) => index % knownEvery === 0)
    .map(({ row, utterance }): ClassifiedRow => {
      const known = namesOf(utterance);
      const spans = bestSpans(taggerInput(utterance, null, known), weights);
      return { input: sentenceFeatures(utterance, spans, known), target: classOf(row) };
    });
  return [...blindly, ...knowingly];
}

function namesOfSpan(utterance: Utterance, { label, start, end }: Span): ExistingName[] {
  if (label !== 'name' && label !== 'workspace') return [];
  return [{ name: textOf(utterance, start, end), isWorkspace: label === 'workspace' }];
}
