import type { Result } from './measured-run.ts';

/** The middle one of some numbers; of an even count, the lower of the two in the middle. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? Number.NaN;
}

/** Medians of repeated runs, per GiB of content. */
export interface PerGibibyte {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

export function perGibibyte(results: readonly Result[], bytes: number): PerGibibyte {
  const gibibytes = bytes / 2 ** 30;
  return {
    seconds: median(results.map((result) => result.seconds / gibibytes)),
    cpuSeconds: median(results.map((result) => result.cpuSeconds / gibibytes)),
    peakMebibytes: median(results.map((result) => result.peakBytes / 2 ** 20)),
  };
}

/** One line of a report. */
export function line(name: string, figures: PerGibibyte): string {
  const cells = [
    `${figures.seconds.toFixed(2)} s`,
    `${figures.cpuSeconds.toFixed(2)} CPU s`,
    `${figures.peakMebibytes.toFixed(0)} MiB peak`,
  ];
  return `  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(15)).join('')}`;
}
