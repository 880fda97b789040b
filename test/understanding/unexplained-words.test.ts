import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const today = '2026-11-29';
const read = (text: string) => understand(text, shippedModel(), { today });

/** True when the reading would be carried out, or its preview shown, without asking what was meant. */
function isActedOn(text: string): boolean {
  const { intent, offers = [] } = read(text);
  return intent !== 'none' && offers.length === 0;
}

const verbs = ['delete', 'remove', 'wipe', 'get rid of', 'please delete', 'could you delete', 'erase'];
const articles = ['all', 'the', 'all my', 'all the', 'my'];
const kinds = ['datasets', 'experiments', 'models', 'notebooks', 'web services'];
const attributes = [
  'boring ugly historic bulky regional legacy spare seasonal purple noisy leftover sensitive confidential public',
  'private imported stale redundant corrupted expired monthly internal final preliminary tidy borrowed crowded',
]
  .join(' ')
  .split(' ');
const clauses = [
  'about fraud',
  'for the audit',
  'that look wrong',
  'whose owner has left',
  'nobody remembers',
  'we got from Contoso',
  'without a description',
  'which Finance needs',
  'under review',
  'behind the dashboard',
  'bigger than the others',
  'of about 1 GB',
  'smaller than ten rows',
  'tagged temp',
  'used by Excel',
  'similar to the other ones',
  'marked as private',
  'on the list I sent',
  'between the two projects',
  'where it makes sense',
  'unless they are used',
];

describe('a selection with words that nothing explains', () => {
  it('is not acted on when two of them could be verbs', () => {
    expect(isActedOn('delete all tidy tidy notebooks')).toBe(false);
  });

  it('is never acted on when they stand before its noun', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...verbs),
        fc.constantFrom(...articles),
        fc.array(fc.constantFrom(...attributes), { minLength: 1, maxLength: 2 }),
        fc.constantFrom(...kinds),
        (verb, article, attribute, kind) => {
          const text = `${verb} ${article} ${attribute.join(' ')} ${kind}`;
          expect(isActedOn(text), text).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is never acted on when they stand behind it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...verbs),
        fc.constantFrom('all', 'all my', 'all the'),
        fc.constantFrom(...kinds),
        fc.constantFrom(...clauses),
        (verb, article, kind, clause) => {
          const text = `${verb} ${article} ${kind} ${clause}`;
          expect(isActedOn(text), text).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is acted on without them', () => {
    for (const verb of ['delete', 'please delete'])
      for (const kind of kinds) expect(isActedOn(`${verb} all my ${kind}`), `${verb} all my ${kind}`).toBe(true);
  });
});
