import { describe, expect, it } from 'vitest';
import { listedRequests, namesSeveralRequests } from '../../src/teams/answers/several-requests.ts';

describe('several requests in one message', () => {
  it.each([
    ['cancel DSR-1001 and DSR-1002', ['DSR-1001', 'DSR-1002']],
    ['status of dsr 1001, 1002, and DSR–1003 please', ['DSR-1001', 'DSR-1002', 'DSR-1003']],
    ['cancel DSR-1001 & dsr-1001', []],
    ['cancel DSR-1001', []],
    ['start DSR-1001 and cancel DSR-1002', []],
    ['cancel DSR-1001, not DSR-1002', []],
    ['cancel DSR-1001 and export 2018', []],
  ])('“%s”', (text, ids) => {
    expect(listedRequests('request.cancel', text)).toEqual(ids);
  });

  it('are seen even where they are not joined, and only for intents about requests', () => {
    expect(namesSeveralRequests('start DSR-1001 and cancel DSR-1002')).toBe(true);
    expect(namesSeveralRequests('cancel DSR-1001, please, DSR 1001')).toBe(false);
    expect(listedRequests('export.workspace', 'export DSR-1 and DSR-2')).toEqual([]);
  });
});
