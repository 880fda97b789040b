import { describe, inject } from 'vitest';

/** `shuffle: false` keeps the order of tests that are the steps of one story. */
interface Order {
  readonly shuffle?: false;
}

/**
 * A suite that needs something which not every machine has; `missing` is the reason why it is not there, or null. Then
 * the suite is skipped, and both its title and a printed line say why.
 */
export function describeWhen(missing: string | null, title: string, suite: () => void, order: Order = {}): void {
  if (missing === null) {
    describe(title, order, suite);
  } else {
    console.warn(`skipped: ${title}: ${missing}`);
    describe.skip(`${title} (skipped: ${missing})`, order, suite);
  }
}

/** A suite that drives a browser, whose program it is given. */
export function describeInBrowser(title: string, suite: (executable: string) => void, order: Order = {}): void {
  const browser = inject('browser');
  if ('missing' in browser) describeWhen(browser.missing, title, () => suite(''), order);
  else describeWhen(null, title, () => suite(browser.executable), order);
}

/** Tests in a browser that are the steps of one story, in this order: each begins where the one before it ended. */
export function describeStoryInBrowser(title: string, suite: (executable: string) => void): void {
  describeInBrowser(title, suite, { shuffle: false });
}
