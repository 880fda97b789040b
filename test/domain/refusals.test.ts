import { describe, expect, it } from 'vitest';
import { type Refusal, refusalSentence } from '../../src/domain/refusals.ts';

describe('a refusal', () => {
  const detail = 'Please ask Megan Bowen or alexw@example.com.';

  it.each<Refusal['reason']>(['owner-only', 'no-longer-allowed'])(
    'tells owners to the requester alone: %s',
    (reason) => {
      const refusal = { reason, name: 'Churn Lab', detail };
      expect(refusalSentence(refusal)).toContain(detail);
      const toOthers = refusalSentence(refusal, 'others');
      expect(toOthers).not.toMatch(/Megan|alexw/u);
      expect(toOthers).toContain('Please ask an owner.');
    },
  );

  it('says what happened, and not that something could not be looked into when it was deleted', () => {
    const failed = 'Studio had an internal error while deleting the dataset “a.csv”.';
    expect(refusalSentence({ reason: 'workspace-unavailable', detail: failed })).toBe(failed);
    expect(refusalSentence({ reason: 'workspace-unavailable' })).toContain('did not give me access');
  });
});
