import { z } from 'zod';

/** The kinds that can be generated, by their names in a seed, each with its share in percent. */
const generatedShares = {
  datasets: 46,
  experiments: 34,
  models: 7,
  transforms: 3,
  modules: 3,
  projects: 2,
  notebooks: 3,
  webServices: 2,
} as const;

export type GeneratedKind = keyof typeof generatedShares;
export const generatedKinds = Object.keys(generatedShares) as GeneratedKind[];

const most = 10_000_000;
const count = z.int().nonnegative().max(most).default(0);
const moment = z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000) * 1000);

/** The plan of a workspace's generated part. The same plan always gives the same assets and bytes. */
export const generationSchema = z
  .strictObject({
    seed: z.int().nonnegative().max(0xffff_ffff),
    /** Number of assets of each kind, not counting older versions and snapshots of earlier runs. */
    counts: z.strictObject({
      datasets: count,
      experiments: count,
      models: count,
      transforms: count,
      modules: count,
      projects: count,
      notebooks: count,
      webServices: count,
    }),
    /** Total size of all versions of datasets, models and transforms; each is rounded to whole rows. */
    bytes: z.int().nonnegative().default(0),
    /** Names used as owner, creator or author. */
    people: z.array(z.string()).min(1),
    /** Everything is created between these two times. */
    from: moment.prefault('2015-01-05T08:00:00Z'),
    to: moment.prefault('2021-11-26T17:00:00Z'),
  })
  .refine(({ from, to }) => from < to, '`from` must be before `to`.');
export type Generation = z.output<typeof generationSchema>;

/** Number of assets of each kind. */
export type GeneratedCounts = Generation['counts'];

/**
 * Distributes a number of assets over the kinds. Kinds in `fixed` get exactly that number, the others get the rest by
 * `generatedShares`. Throws RangeError when `fixed` exceeds the total, or when assets are left and all kinds are fixed.
 */
export function shareOut(assets: number, fixed: Partial<GeneratedCounts>): GeneratedCounts {
  const counts: GeneratedCounts = {
    datasets: 0,
    experiments: 0,
    models: 0,
    transforms: 0,
    modules: 0,
    projects: 0,
    notebooks: 0,
    webServices: 0,
    ...fixed,
  };
  const sum = generatedKinds.reduce((total, kind) => total + counts[kind], 0);
  if (sum > assets) throw new RangeError(`${sum} assets are asked for by kind, more than ${assets} in all.`);
  const open = generatedKinds.filter((kind) => fixed[kind] === undefined);
  let shares = open.reduce((total, kind) => total + generatedShares[kind], 0);
  let left = assets - sum;
  if (open.length === 0 && left > 0) throw new RangeError(`No kind is left for ${left} more assets.`);
  for (const kind of open) {
    counts[kind] = Math.round((left * generatedShares[kind]) / shares);
    left -= counts[kind];
    shares -= generatedShares[kind];
  }
  return counts;
}
