import type { CardData, CardName } from '../../src/teams/cards/catalogue.ts';

/** The sample data of one card, by what each sample shows; `usual` is the plainest. */
export type Samples<Name extends CardName> = Readonly<Record<string, CardData<Name>>> & {
  readonly usual: CardData<Name>;
};

/** A name that holds what Markdown, templates, date functions and HTML would each take for theirs. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a name that looks like a template expression
export const hostileName = 'a_b_*c* [x](http://contoso.com) ${name} {{DATE(2026-01-01T00:00:00Z)}} <b>é</b>.csv';

export const fraudDetection = {
  name: 'Fraud Detection',
  accountType: 'standard',
  serviceType: 'PaidStandard',
} as const;

const sha256 = '3f1d2c4b0a9e4d778b612f6c1e5a7d903f1d2c4b0a9e4d778b612f6c1e5a7d90';

/** A part of an archive, with a link as long as those of Blob Storage are. */
export function archivePart(part: number, sizeBytes: number) {
  const file = `part-${String(part).padStart(2, '0')}.zip`;
  const signature = [
    'sv=2025-05-05',
    'se=2026-11-25T21%3A41%3A00Z',
    'sr=b',
    'sp=r',
    'rscd=attachment%3B%20filename%3DDSR-1042-part-1-of-3.zip',
    'skoid=0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
    'sktid=0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
    'skt=2026-11-24T21%3A26%3A00Z',
    'ske=2026-11-25T21%3A41%3A00Z',
    'sks=b',
    'skv=2025-05-05',
    'sig=EXAMPLE%2Fsignature%2Bthat%2Bis%2Bnot%2Breal%3D',
  ].join('&');
  const url = `https://contosostewardexports.blob.core.windows.net/exports/DSR-1042/${file}?${signature}`;
  return { part, sizeBytes, sha256, url };
}
