import { type Browser, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { installDebianPackage, programOnPath } from './debian.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a Chromium-based browser, or the reason why there is none. */
    browser: { executable: string } | { missing: string };
  }
}

/**
 * Global set-up of the browser tests: uses the machine's Chromium, Chrome or Edge, or installs Debian's. Without a
 * browser the tests are skipped and report why; on a build server (CI=true) they fail.
 */
export default async function provideBrowser(project: TestProject): Promise<void> {
  const browser = await findBrowser();
  if ('missing' in browser) {
    if (process.env.CI === 'true') throw new Error(`No browser: ${browser.missing}.`);
    console.warn(`The tests in a browser are skipped: ${browser.missing}.`);
  }
  project.provide('browser', browser);
}

/** Starts a headless browser. The flags keep it offline and allow it to run as root and without a GPU. */
export function launchBrowser(executable: string): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function findBrowser(): Promise<{ executable: string } | { missing: string }> {
  const present = await programOnPath(names);
  if (present !== null) return { executable: present };
  const problem = await installDebianPackage('chromium');
  const installed = await programOnPath(names);
  return installed === null
    ? { missing: problem ?? 'chromium was installed but is not on the PATH' }
    : { executable: installed };
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
