import { nodeIdOf } from '../seed-context.ts';
import { experimentIdAt, type Generator, placeOfExperiment } from './asset-ids.ts';
import { firstVersion, versionAt } from './family-pattern.ts';

/** The node and port that leave a model. */
export const trainNode = 'train';
export const trainPort = 'Trained model';

/** One experiment in twelve has a model that was made from it; it has finished, and still has the output. */
const promotedEvery = 12;
const promotedFirst = 8;

/** Whether an experiment still has the model that its run left. */
export function leavesModel(experiment: number): boolean {
  const inTwelve = experiment % promotedEvery;
  return inTwelve === 0 || inTwelve === promotedFirst;
}

/** The output that a model's family was made from; null for one that was not. */
export function sourceOfModel(generator: Generator, family: number): { experimentId: string; port: string } | null {
  const experiment = promotedEvery * family + promotedFirst;
  if (experiment >= generator.plan.counts.experiments) return null;
  const experimentId = experimentIdAt(generator, firstVersion(experiment));
  return { experimentId, port: `${nodeIdOf(experimentId, trainNode)}:${trainPort}` };
}

/** The family of the model that was made from an experiment; null when none was. */
export function modelOfExperiment(generator: Generator, experimentId: string): number | null {
  const { counts } = generator.plan;
  const place = placeOfExperiment(generator, experimentId);
  if (place === null) return null;
  const family = (versionAt(place).family - promotedFirst) / promotedEvery;
  return Number.isInteger(family) && family >= 0 && family < counts.models ? family : null;
}
