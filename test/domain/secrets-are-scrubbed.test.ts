import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrub } from '../../src/domain/scrub.ts';
import { withoutSecretsAndLinks } from '../../src/domain/scrub-message.ts';
import { createLog } from '../../src/log.ts';
import { redactJson } from '../../src/sources/studio-classic/document-redaction.ts';
import { variants } from './secret-variants.ts';

/** The lines of a fixture, `\n` as a line break and `\\n` as the two characters. */
function linesOf(name: string): string[] {
  return readFileSync(path.join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => line.replace(/(?<!\\)\\n/gu, '\n').replaceAll('\\\\n', '\\n'));
}

const all = variants();
const heldOut = linesOf('secrets-held-out').map((line) => ({
  text: line.replace(/[«»]/gu, ''),
  secrets: [...line.matchAll(/«([^»]*)»/gu)].map(([, secret]) => secret ?? ''),
}));
const plain = linesOf('plain-held-out');

describe('a credential with a name before it', () => {
  it('goes, and nothing else, in every spelling', () => {
    expect(all.length).toBeGreaterThan(1_000);
    const wrong = all.filter(({ text, rest }) => scrub(text).text !== rest);
    expect(wrong.map(({ text }) => `${text} => ${scrub(text).text}`)).toEqual([]);
  });

  it('is counted', () => {
    expect(all.filter(({ text }) => scrub(text).removed !== 1)).toEqual([]);
  });
});

describe('credentials in lines that were written before the scrubber', () => {
  it('go, all of them', () => {
    expect(heldOut.length).toBeGreaterThan(120);
    const left = heldOut.filter(({ text, secrets }) => secrets.some((secret) => scrub(text).text.includes(secret)));
    expect(left.map(({ text }) => `${text} => ${scrub(text).text}`)).toEqual([]);
  });

  it('and lines without any stay as they are', () => {
    expect(plain.length).toBeGreaterThan(90);
    const changed = plain.filter((line) => scrub(line).text !== line);
    expect(changed.map((line) => `${line} => ${scrub(line).text}`)).toEqual([]);
  });
});

describe('every place that writes texts down', () => {
  const texts = [...all.map(({ text, secret }) => ({ text, secrets: [secret] })), ...heldOut];

  it('gets JSON that is still JSON, as deep as the text stands in it', () => {
    for (const { text, secrets } of texts) {
      const inner = JSON.stringify({ script: text, rows: 3 });
      const json = redactJson(JSON.stringify({ graph: [{ Name: 'R script', Value: text }], inner }), []);
      const read = JSON.parse(json) as { inner: string };
      expect(JSON.parse(read.inner), text).toMatchObject({ rows: 3 });
      const written = json.replaceAll('\\', '');
      const left = secrets.filter((secret) => written.includes(secret.replaceAll('\\', '')));
      expect(left, json).toEqual([]);
    }
  });

  it('and the log and the language model the same scrubber', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    for (const { text, secrets } of texts) {
      lines.length = 0;
      log.error('failed', new Error(text, { cause: { detail: text } }), { note: text });
      const said = [...lines, withoutSecretsAndLinks(text)].join('').replaceAll('\\', '');
      const left = secrets.filter((secret) => secret.length > 6 && said.includes(secret.replaceAll('\\', '')));
      expect(left, text).toEqual([]);
    }
  });
});

describe('any text', () => {
  it('stays as it is when nothing is found in it, and never grows', () => {
    const piece = fc.oneof(fc.constantFrom(...all.map(({ text }) => text)), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join(' ');
        const scrubbed = scrub(text);
        expect(scrubbed.text.length).toBeLessThanOrEqual(text.length);
        expect(scrubbed.removed === 0).toBe(scrubbed.text === text);
      }),
    );
  });

  it.each([
    ['names without values', 'password '],
    ['names and signs', 'token="'],
    ['open quotation marks of three kinds', 'token="token\'token`'],
    ['long runs of letters', 'keykeykeykey'],
    ['beginnings of addresses', '://a:'],
    ['beginnings of web tokens', 'eyJ-'],
    ['beginnings of keys in PEM', '-----BEGIN PRIVATE KEY-----'],
    ['question marks before a signature', '?a&sig='],
    ['white space after a name', `password${' '.repeat(50)}`],
    ['headers', 'Authorization: Bearer '],
    ['backslashes', 'secret\\\\\\"'],
  ])('takes time that grows with its length only: %s', (_what, piece) => {
    const elapsed = (characters: number): number => {
      const text = piece.repeat(Math.ceil(characters / piece.length));
      const start = process.cpuUsage();
      scrub(text);
      return process.cpuUsage(start).user;
    };
    elapsed(10_000);
    const [short, long] = [elapsed(40_000), elapsed(320_000)];
    // Eight times the text; a square would be 64 times the work. A fixed part absorbs what a busy machine adds.
    expect(long).toBeLessThan(short * 30 + 300_000);
  });
});

describe('what is thrown', () => {
  it.each([
    ['an object', { code: 'ECONNRESET', detail: { inner: 1 } }, /ECONNRESET.*inner: 1/u],
    ['an error whose message is an object', Object.assign(new Error('[object Object]'), { statusCode: 413 }), /413/u],
    ['an error with causes', new Error('a', { cause: new Error('b', { cause: { c: 1 } }) }), /b ← \{ c: 1 \}/u],
    ['several errors', new AggregateError([new Error('x'), new Error('y')], 'all'), /all: Error: x; Error: y/u],
    ['nothing', undefined, /undefined/u],
  ])('is told in words: %s', (_what, thrown, expected) => {
    const lines: string[] = [];
    createLog('info', { write: (line: string) => void lines.push(line) }).error('failed', thrown);
    expect(lines.join()).toMatch(expected);
    expect(lines.join()).not.toContain('[object Object]');
  });
});
