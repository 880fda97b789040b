import { nodeIdOf } from '../seed-context.ts';
import { experimentIdAt, type Generator, placeOfExperiment } from './asset-ids.ts';
import { firstVersion, versionAt } from './family-pattern.ts';

/** The node and the port whose output is a trained model. */
export const trainNode = 'train';
export const trainPort = 'Trained model';

/** Of every twelve experiments one has a promoted model. That experiment has finished and still has the output. */
const promotedEvery = 12;
const promotedFirst = 8;

/** Whether the trained model is still among the experiment's outputs. */
export function leavesModel(experiment: number): boolean {
  const inTwelve = experiment % promotedEvery;
  return inTwelve === 0 || inTwelve === promotedFirst;
}

/** The output from which a model's family was promoted; null when it was not promoted. */
export function sourceOfModel(generator: Generator, family: number): { experimentId: string; port: string } | null {
  const experiment = promotedEvery * family + promotedFirst;
  if (experiment >= generator.plan.counts.experiments) return null;
  const experimentId = experimentIdAt(generator, firstVersion(experiment));
  return { experimentId, port: `${nodeIdOf(experimentId, trainNode)}:${trainPort}` };
}

/** The family of the model promoted from an experiment; null when there is none. */
export function modelOfExperiment(generator: Generator, experimentId: string): number | null {
  const { counts } = generator.plan;
  const place = placeOfExperiment(generator, experimentId);
  if (place === null) return null;
  const family = (versionAt(place).family - promotedFirst) / promotedEvery;
  return Number.isInteger(family) && family >= 0 && family < counts.models ? family : null;
}
