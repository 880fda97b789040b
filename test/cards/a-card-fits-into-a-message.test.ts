import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostBytes, renderCard } from '../../src/teams/cards/render.ts';
import { cardSchema } from './card-schema.ts';
import { allText } from './walk.ts';

// The longest name that Studio takes, in characters of three bytes each and in ones that JSON has to escape.
const longestNames = ['資'.repeat(260), '"\\'.repeat(130), '{'.repeat(260), '\u0001'.repeat(260), '😀'.repeat(130)];
const moment = '2026-11-25T21:40:00Z';
const request = { request: 'DSR-999999999', version: 123456, refreshFor: Array(60).fill('29:'.padEnd(90, 'x')) };

function sizeOf({ card }: ReturnType<typeof renderCard>): number {
  expect(cardSchema.safeParse(card).error?.issues ?? []).toEqual([]);
  return Buffer.byteLength(JSON.stringify(card));
}

function deletion(name: string, assets: number) {
  return renderCard('delete-preview', {
    ...request,
    workspace: { name, accountType: 'standard', serviceType: name },
    assets: Array.from({ length: assets }, () => ({
      kind: 'dataset' as const,
      name,
      sizeBytes: Number.MAX_SAFE_INTEGER,
      createdAt: moment,
      owner: name,
      versions: 9,
      dependants: Array.from({ length: 5 }, () => ({ kind: 'experiment' as const, name })),
    })),
    total: 100_000,
    totals: [{ kind: 'dataset', count: 100_000, sizeBytes: 1, sizeIncomplete: true }],
    needsApproval: true,
    lapsesAt: moment,
  });
}

describe.each(longestNames)('with names like %.4s…', (name) => {
  it('a deletion of 100,000 assets fits, and says how many it does not name', () => {
    const rendered = deletion(name, 100);
    expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
    const named = allText(rendered.card).filter((text) => text.startsWith('“')).length;
    expect(named).toBeGreaterThanOrEqual(10);
    expect(allText(rendered.card).join('\n')).toContain(`${(100_000 - named).toLocaleString('en-GB')} more would go`);
  });

  it('an export result with many exceptions fits with all its links', () => {
    const url = `https://account.blob.core.windows.net/exports/part.zip?${'s'.repeat(550)}`;
    const rendered = renderCard('export-result', {
      ...request,
      refreshFor: ['29:requester'],
      workspaceName: name,
      assetsExported: 100_000,
      linkExpiresAt: moment,
      parts: Array.from({ length: 20 }, (_, index) => ({ part: index + 1, sizeBytes: 1, sha256: 'a'.repeat(64), url })),
      exceptions: Array.from({ length: 100 }, () => ({ kind: 'dataset' as const, name, note: name })),
      exceptionsTotal: 5000,
    });
    expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
    expect(JSON.stringify(rendered.card).match(/Action\.OpenUrl/gu)).toHaveLength(20);
  });

  it('a receipt fits', () => {
    const rows = Array.from({ length: 100 }, () => ({ kind: 'dataset' as const, name, note: name }));
    const rendered = renderCard('delete-receipt', {
      ...request,
      workspaceName: name,
      requesterName: name,
      approverName: name,
      finishedAt: moment,
      verifiedAt: moment,
      deleted: rows.map(({ kind }) => ({ kind, name })),
      deletedTotal: 100_000,
      kept: rows,
      keptTotal: 100,
      archive: null,
    });
    expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
  });

  it('lists and questions fit', () => {
    const options = Array.from({ length: 20 }, (_, index) => ({ id: `a${index}`, title: name, detail: name }));
    const cards = [
      renderCard('choose-workspace', { ...request, action: 'delete', said: name, options, lapsesAt: moment }),
      renderCard('propose-name', { ...request, action: 'delete', said: name, where: name, options, lapsesAt: moment }),
      renderCard('choose-asset', {
        ...request,
        action: 'delete',
        workspaceName: name,
        questions: Array.from({ length: 10 }, () => ({ said: name, options })),
        lapsesAt: moment,
      }),
      renderCard('list-assets', {
        workspaceName: name,
        kind: null,
        filter: name,
        assets: Array.from({ length: 100 }, () => ({
          kind: 'dataset' as const,
          name,
          sizeBytes: 1,
          createdAt: moment,
        })),
        total: 100_000,
        examples: [name, name],
      }),
      renderCard('list-workspaces', {
        workspaces: Array.from({ length: 50 }, () => ({
          name,
          accountType: 'guest' as const,
          expiresAt: moment,
          role: 'owner' as const,
        })),
        total: 50,
      }),
      renderCard('account-info', {
        personName: name,
        email: name,
        isApprover: true,
        workspaces: Array.from({ length: 50 }, () => ({
          name,
          accountType: 'guest' as const,
          expiresAt: moment,
          role: 'user' as const,
          deletes: 'no' as const,
        })),
      }),
      renderCard('request-list', {
        scope: 'approvals',
        requests: Array.from({ length: 100 }, () => ({
          request: 'DSR-999999999',
          action: 'export-then-delete' as const,
          workspaceName: name,
          what: name,
          requesterName: name,
          state: 'awaiting-approval' as const,
          createdAt: moment,
        })),
      }),
      renderCard('notice', {
        severity: 'problem',
        title: name.repeat(10),
        sentence: name.repeat(10),
        next: name.repeat(10),
      }),
    ];
    for (const card of cards) expect(sizeOf(card)).toBeLessThanOrEqual(mostBytes);
  });
});

describe('a deletion preview', () => {
  it('names every asset of 100 with usual names', () => {
    const text = allText(deletionOf(100)).filter((line) => line.startsWith('“'));
    expect(text).toHaveLength(100);
  });

  it('fits whatever the number and the names', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
        (count, name) => {
          expect(sizeOf(deletion(name, count))).toBeLessThanOrEqual(mostBytes);
        },
      ),
      { numRuns: 30 },
    );
  });
});

function deletionOf(count: number) {
  return renderCard('delete-preview', {
    request: 'DSR-1042',
    version: 3,
    workspace: { name: 'Fraud Detection', accountType: 'standard', serviceType: 'PaidStandard' },
    assets: Array.from({ length: count }, (_, index) => ({
      kind: 'dataset' as const,
      name: `customers-${2000 + index}.csv`,
      sizeBytes: 48_213 * index,
      createdAt: '2019-06-20T08:40:00Z',
      owner: 'Adele Vance',
      versions: 1,
    })),
    total: count,
    totals: [{ kind: 'dataset', count, sizeBytes: 1, sizeIncomplete: false }],
    needsApproval: false,
    lapsesAt: moment,
  }).card;
}
