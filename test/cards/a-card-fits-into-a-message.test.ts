import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listLength, pageLength } from '../../src/teams/cards/pages.ts';
import { mostBytes, renderCard } from '../../src/teams/cards/render.ts';
import { cardSchema } from './card-schema.ts';
import { allText } from './walk.ts';

// The longest name that Studio takes, in characters of three bytes each and in ones that JSON has to escape.
const longestNames = ['資'.repeat(260), '"\\'.repeat(130), '{'.repeat(260), '\u0001'.repeat(260), '😀'.repeat(130)];
const moment = '2026-11-25T21:40:00Z';
const request = { request: 'DSR-999999999', version: 123456, refreshFor: Array(60).fill('29:'.padEnd(90, 'x')) };

function sizeOf({ card }: Pick<ReturnType<typeof renderCard>, 'card'>): number {
  expect(cardSchema.safeParse(card).error?.issues ?? []).toEqual([]);
  return Buffer.byteLength(JSON.stringify(card));
}

const anyPage = 3;

/** A page in the midst of 100,000 assets of one name. */
function assetsNamed(name: string) {
  const rows = Array.from({ length: pageLength.assets }, () => ({
    kind: 'dataset' as const,
    name,
    sizeBytes: Number.MAX_SAFE_INTEGER,
    createdAt: moment,
    owner: name,
    versions: 9,
    dependants: Array.from({ length: 5 }, () => ({ kind: 'experiment' as const, name })),
  }));
  return { rows, page: anyPage, total: 100_000 };
}

/** A page in the midst of 4,000 parts, with links as long as they get. */
function partsWithLinks() {
  const url = `https://account.blob.core.windows.net/exports/part.zip?${'s'.repeat(700)}`;
  const rows = Array.from({ length: pageLength.parts }, (_, index) => ({
    part: anyPage * pageLength.parts + index + 1,
    sizeBytes: 1,
    sha256: 'a'.repeat(64),
    url,
  }));
  return { rows, page: anyPage, total: 4000 };
}

function exceptionsNamed(name: string) {
  const rows = Array.from({ length: pageLength.exceptions }, () => ({ kind: 'dataset' as const, name, note: name }));
  return { rows, page: anyPage, total: 5000 };
}

function namesIn(card: unknown): string[] {
  return allText(card).filter((text) => text.startsWith('“'));
}

function deletion(name: string) {
  const some = { count: 5000, first: Array.from({ length: 5 }, () => ({ kind: 'dataset' as const, name })) };
  return renderCard('delete-preview', {
    ...request,
    workspace: { name, accountType: 'standard', serviceType: name },
    assets: assetsNamed(name),
    changes: {
      added: some,
      renamed: { ...some, first: some.first.map((each) => ({ ...each, before: name })) },
      updated: some,
      gone: some,
      removal: false,
    },
    totals: [{ kind: 'dataset', count: 100_000, sizeBytes: 1, sizeIncomplete: true }],
    approvalsNeeded: 1,
    expiresAt: moment,
  });
}

describe.each(longestNames)('with names like %.4s…', (name) => {
  it('a page of a deletion fits with every asset on it, the approvers’ one too', () => {
    const approval = renderCard('approval', {
      ...request,
      requesterName: name,
      workspace: { name, accountType: 'standard', serviceType: name },
      action: 'export-then-delete',
      assets: assetsNamed(name),
      totals: [{ kind: 'dataset', count: 100_000, sizeBytes: 1, sizeIncomplete: true }],
      reason: name,
      expiresAt: moment,
    });
    for (const rendered of [deletion(name), approval]) {
      expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
      expect(namesIn(rendered.card)).toHaveLength(pageLength.assets);
      expect(allText(rendered.card)).toContain('46–60 of 100,000');
    }
  });

  it('an export preview of 100,000 assets fits with every asset of its page', () => {
    const rendered = renderCard('export-preview', {
      ...request,
      workspace: { name, accountType: 'standard', serviceType: name },
      assets: {
        rows: Array.from({ length: pageLength.assets }, () => ({ kind: 'dataset' as const, name })),
        page: anyPage,
        total: 100_000,
      },
      totals: [{ kind: 'dataset', count: 100_000, sizeBytes: 1, sizeIncomplete: true }],
      data: 'customer',
      personalData: 'none',
      linkHours: 24,
      parts: 1,
      conversation: 'shared',
      expiresAt: moment,
    });
    expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
  });

  it('an export result with many exceptions and parts fits with every link and exception of its pages', () => {
    const rendered = renderCard('export-result', {
      ...request,
      refreshFor: ['29:requester'],
      workspaceName: name,
      assetsExported: 100_000,
      linkExpiresAt: moment,
      parts: partsWithLinks(),
      sizeBytes: 1,
      exceptions: exceptionsNamed(name),
    });
    expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
    expect(JSON.stringify(rendered.card).match(/Action\.OpenUrl/gu)).toHaveLength(pageLength.parts);
    expect(namesIn(rendered.card)).toHaveLength(pageLength.exceptions);
  });

  it('a page of what Graph wrote fits with every link', () => {
    const url = `https://account.blob.core.windows.net/container/file?${'s'.repeat(2_940)}`;
    const rows = Array.from({ length: pageLength.files }, () => ({ name, sizeBytes: Number.MAX_SAFE_INTEGER, url }));
    const rendered = renderCard('directory-result', {
      ...request,
      refreshFor: ['29:requester'],
      personName: name,
      outcome: 'cut-off',
      files: { rows, page: anyPage, total: 100_000 },
      bytes: Number.MAX_SAFE_INTEGER,
      linkExpiresAt: moment,
      searchedAt: null,
      removedAt: moment,
      canSearch: false,
      note: name,
    });
    expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
    expect(JSON.stringify(rendered.card).match(/Action\.OpenUrl/gu)).toHaveLength(pageLength.files);
  });

  it('a receipt fits with all its lists', () => {
    const deleted = {
      rows: assetsNamed(name).rows.map((asset) => ({ kind: asset.kind, name })),
      page: anyPage,
      total: 100_000,
    };
    const archive = { parts: partsWithLinks(), sizeBytes: 1, linkExpiresAt: moment };
    const rendered = renderCard('delete-receipt', {
      ...request,
      refreshFor: ['29:requester'],
      workspaceName: name,
      requesterName: name,
      approverName: name,
      finishedAt: moment,
      verifiedAt: moment,
      deleted,
      kept: exceptionsNamed(name),
      archive,
    });
    const stopped = renderCard('delete-stopped', {
      ...request,
      refreshFor: ['29:requester'],
      workspaceName: name,
      stopperName: name,
      stoppedAt: moment,
      deleted,
      notDeleted: 5,
      unknown: 5,
      archive,
    });
    for (const { card } of [rendered, stopped]) {
      expect(sizeOf({ card })).toBeLessThanOrEqual(mostBytes);
      expect(JSON.stringify(card).match(/Action\.OpenUrl/gu)).toHaveLength(pageLength.parts);
    }
    expect(namesIn(rendered.card)).toHaveLength(pageLength.assets + pageLength.exceptions);
  });

  it('lists and questions fit', () => {
    const options = Array.from({ length: 20 }, (_, index) => ({ id: `a${index}`, title: name, detail: name }));
    const cards = [
      renderCard('choose-workspace', { ...request, action: 'delete', said: name, options, expiresAt: moment }),
      renderCard('propose-name', { ...request, action: 'delete', said: name, where: name, options, expiresAt: moment }),
      renderCard('choose-asset', {
        ...request,
        action: 'delete',
        workspaceName: name,
        questions: Array.from({ length: 10 }, () => ({ said: name, options })),
        expiresAt: moment,
      }),
      renderCard('list-assets', {
        workspaceId: 'f'.repeat(32),
        workspaceName: name,
        limits: { kind: 'dataset', filter: name },
        size: { sizeBytes: 1, sizeIncomplete: true },
        assets: {
          rows: Array.from({ length: listLength }, () => ({
            kind: 'dataset' as const,
            name,
            sizeBytes: 1,
            createdAt: moment,
          })),
          page: anyPage,
          total: 100_000,
        },
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
        known: name,
        isApprover: true,
        ask: '',
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
  it('fits with every asset of its page whatever the names, and shows usual names in full', () => {
    const awkward = fc.string({
      unit: fc.constantFrom('{{DATE(', '\\', '"', '👩‍👩‍👧', 'ש', '\u202e', 'é', 'x'),
      maxLength: 260,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), awkward), (name) => {
        const rendered = deletion(name);
        expect(sizeOf(rendered)).toBeLessThanOrEqual(mostBytes);
        expect(namesIn(rendered.card)).toHaveLength(pageLength.assets);
      }),
      { numRuns: 60 },
    );
    const usual = `${'customers and their orders '.repeat(2)}2019.csv`;
    expect(namesIn(deletion(usual).card).every((text) => text.startsWith(`“${usual}”`))).toBe(true);
  });
});
