import { describe, inject } from 'vitest';

/**
 * A suite that needs something which not every machine has; `missing` is the reason why it is not there, or null. Then
 * the suite is skipped, and both its title and a printed line say why.
 */
export function describeWhen(missing: string | null, title: string, suite: () => void): void {
  if (missing === null) {
    describe(title, suite);
  } else {
    console.warn(`skipped: ${title}: ${missing}`);
    describe.skip(`${title} (skipped: ${missing})`, suite);
  }
}

/** A suite that drives a browser, whose program it is given. */
export function describeInBrowser(title: string, suite: (executable: string) => void): void {
  const browser = inject('browser');
  if ('missing' in browser) describeWhen(browser.missing, title, () => suite(''));
  else describe(title, () => suite(browser.executable));
}
