import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestId, requestNumber } from '../../src/domain/request.ts';

describe('a request id', () => {
  it('reads back from how it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (number) => {
        expect(requestNumber(requestId(number))).toBe(number);
      }),
    );
  });

  it.each(['DSR-1042', 'dsr-1042', 'dsr 1042', 'DSR1042', '#1042', '1042', ' request 1042 ', 'DSR–1042'])(
    'is read from %j',
    (typed) => {
      expect(requestNumber(typed)).toBe(1042);
    },
  );

  it.each(['', 'DSR-', 'DSR-1042; drop table', '10.42', '-1042x', '9'.repeat(13)])('is not read from %j', (typed) => {
    expect(requestNumber(typed)).toBeNull();
  });
});
