import { hasSpans } from '../learned/reader-model.ts';
import { sentenceFeatures } from '../learned/sentence-features.ts';
import { bestSpans } from '../learned/tagger.ts';
import { taggerInput } from '../learned/tagger-input.ts';
import { type Span, spansOf } from '../learned/tags.ts';
import { tokenise, type Utterance } from '../utterance.ts';
import { goldTags } from './gold.ts';
import { type TrainedTagger, trainTagger, weightsOf } from './perceptron.ts';
import type { Row } from './rows.ts';
import { type TrainedClassifier, trainClassifier } from './softmax.ts';

/** Everything that training yields. */
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
  classifier: { epochs: 16, penalty: 1e-6, rate: 0.5, leastRows: 2, seed: 1 },
};

interface Prepared {
  readonly row: Row;
  readonly utterance: Utterance;
  readonly spans: readonly Span[];
}

/** The class of a row: its intent, with what its slots say beside names. */
function classOf({ intent, slots }: Row): string {
  if (slots.all === true) return `${intent}/all`;
  if (slots.subject === 'me') return `${intent}/me`;
  return slots.scope === undefined ? intent : `${intent}/${slots.scope}`;
}

/** The text of a row as a reader gets it: mentions of the bot are taken out before. */
export function textOfRow({ text }: Row): string {
  let rest = text;
  for (let at = rest.indexOf('<at>'); at >= 0; at = rest.indexOf('<at>')) {
    const end = rest.indexOf('</at>', at);
    rest = end < 0 ? rest.replace('<at>', ' ') : `${rest.slice(0, at)} ${rest.slice(end + 5)}`;
  }
  return rest.trim();
}

/**
 * Trains the reader. The classifier learns from names as a tagger finds them in rows it was not trained on
 * (cross-fitting over groups of writers), so that it meets in training the mistakes it will meet in use.
 */
export function trainReader(writers: ReadonlyMap<string, readonly Row[]>): TrainedReader {
  const groups = [...writers.values()].map((rows) =>
    rows.map((row): Prepared => {
      const utterance = tokenise(textOfRow(row));
      return { row, utterance, spans: spansOf(goldTags(row, utterance)) };
    }),
  );
  // Rows whose meaning has no slots may hold names all the same ("do not delete X"), unmarked: they teach no tagger.
  const blindly = (rows: readonly Prepared[]) =>
    rows
      .filter(({ row }) => hasSpans(row.intent))
      .map(({ utterance, spans }) => ({ input: taggerInput(utterance, null), spans }));
  const found = new Map<Prepared, readonly Span[]>();
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const rest = groups.filter((_, index) => index % settings.folds !== fold).flat();
    const weights = weightsOf(trainTagger(blindly(rest), settings.foldRounds, settings.seed));
    for (const row of groups.filter((_, index) => index % settings.folds === fold).flat()) {
      found.set(row, bestSpans(taggerInput(row.utterance, null), weights));
    }
  }
  const all = groups.flat();
  const informed = all
    .filter(({ row }) => hasSpans(row.intent))
    .map(({ row, utterance, spans }) => ({ input: taggerInput(utterance, classOf(row)), spans }));
  return {
    blind: trainTagger(blindly(all), settings.rounds, settings.seed),
    informed: trainTagger(informed, settings.rounds, settings.seed),
    classifier: trainClassifier(
      all.map((row) => ({ input: sentenceFeatures(row.utterance, found.get(row) ?? []), target: classOf(row.row) })),
      settings.classifier,
    ),
  };
}
