import { describe, expect, it } from 'vitest';
import type { CardData, CardName } from '../../src/teams/cards/catalogue.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { progress } from './samples/progress.ts';
import { sampleOf, samples } from './samples.ts';
import { allText, walk } from './walk.ts';

/** What a person reads on a sample, a line each. */
function read(name: CardName, title = 'usual'): string {
  return allText(sampleOf(name, title).draw().card).join('\n');
}

describe('an export preview', () => {
  it('tells workspace, account type, what is inside, what is left out and how long the link lives', () => {
    const text = read('export-preview');
    for (const part of [
      '“Fraud Detection”',
      'Standard account (PaidStandard)',
      'Datasets\n9\n46 MB',
      'Keys, tokens and passwords',
      'Microsoft’s sample data',
      'works for 24 hours',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says of each kind in it what the service gives nobody, before the export and not in its result alone', () => {
    const { data } = sampleOf('export-preview', 'usual') as unknown as { data: CardData<'export-preview'> };
    const total = (kind: 'notebook' | 'module') => ({ kind, count: 1, sizeBytes: 0, sizeIncomplete: true });
    const drawn = (totals: CardData<'export-preview'>['totals']) =>
      allText(renderCard('export-preview', { ...data, totals }).card).join('\n');
    expect(drawn([total('notebook')])).toContain('The contents of notebooks, which Studio shows only in Jupyter.');
    expect(drawn([total('module')])).toContain('The code of custom modules, which Studio gives nobody.');
    expect(read('export-preview')).not.toMatch(/notebooks|custom modules/u);
  });

  it('says where the link goes when others can read the card', () => {
    expect(read('export-preview', 'named-in-channel')).toContain('personal chat, not to this conversation');
  });

  it('warns of a guest workspace’s end, and that it holds no account data', () => {
    const text = read('export-preview', 'guest');
    expect(text).toMatch(/This workspace expires on .*2026.*Then Studio deletes everything in it/u);
    expect(text).toContain('no personal account data');
  });

  it('never gives a total for sizes that Studio does not tell', () => {
    expect(read('export-preview')).toContain('over 176 KB');
    expect(read('approval')).toContain('Experiment\n1\nunknown');
  });
});

describe('a deletion preview', () => {
  it('names the asset with kind, size, date, owner and versions, and what uses it', () => {
    const text = read('delete-preview');
    for (const part of [
      'Delete “churn.csv” from “Fraud Detection”?',
      'dataset · 47 KB · created 20 Jun 2019 · owner Adele Vance · all 3 versions',
      'Used by experiment “Churn training” and experiment “Churn scoring”',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says in words what changed since the preview that was confirmed, with the first names', () => {
    const text = read('delete-preview', 'changed');
    for (const part of [
      'It changed after you confirmed, so nothing was done.',
      'New since the preview: dataset “late.csv”, dataset “late 2.csv”,',
      'and 2 more.',
      'Renamed: dataset “churn.csv” → “churn 2020.csv”.',
      'New version: experiment “Churn training”.',
      'No longer included: dataset “old.csv” and dataset “older.csv”.',
    ]) {
      expect(text).toContain(part);
    }
    expect(read('delete-preview')).not.toContain('It changed');
  });

  it('says that it cannot be undone, that every version goes, and until when it waits', () => {
    const text = read('delete-preview');
    expect(text).toContain('This cannot be undone.');
    expect(text).toContain('every version');
    expect(text).toMatch(/expires on .*2026/u);
  });

  it('says that somebody has to approve it, where that is so', () => {
    expect(read('delete-preview', 'several')).toContain('Someone else must approve it');
    expect(read('delete-preview')).not.toContain('approve');
  });

  it('says how many earlier runs go with an experiment', () => {
    const text = read('delete-preview', 'several');
    expect(text).toContain('with 2 earlier runs');
    expect(text).toContain('An experiment is deleted with the history of its runs.');
  });

  it('says that another experiment loses the runs it shares, and that what uses an asset stays', () => {
    const several = read('delete-preview', 'several');
    expect(several).toContain('Shares earlier runs with experiment “Churn scoring”.');
    expect(several).toContain('1 of these shares earlier runs with another experiment, which loses those runs too.');
    expect(several).not.toMatch(/Used by|no longer run/u);
    const single = read('delete-preview');
    expect(single).toContain('What uses it is not deleted, but will no longer run unless it is changed.');
    expect(single).not.toContain('shares');
  });

  it('says how many of all assets are used, also when none of those is on this page', () => {
    expect(read('delete-preview', 'many')).toContain('7 of these are used by something else.');
  });

  it('leads from a page to the others, and says where it is', () => {
    const { card } = sampleOf('delete-preview', 'many').draw();
    expect(allText(card)).toContain('46–60 of 412');
    // Teams may ask for the card again at any time, and then gets the page that is shown.
    expect(card.refresh).toMatchObject({ action: { data: { choice: 'refresh', pages: { assets: 3 } } } });
    const turns = [...walk(card)].filter(({ data }) => (data as { choice?: string } | undefined)?.choice === 'page');
    expect(turns.map(({ title, isEnabled, data }) => [title, isEnabled, data])).toEqual(
      [
        ['First', 0],
        ['Previous', 2],
        ['Next', 4],
        ['Last', 27],
      ].map(([title, assets]) => [title, true, { request: 'DSR-1042', version: 3, choice: 'page', pages: { assets } }]),
    );
  });
});

describe('a revocation of links', () => {
  it('says what there is, since when, until when, and what each button does', () => {
    const text = read('revoke-link');
    for (const part of [
      'Make the links of DSR-1042 stop working?',
      'Exported: everything in “Fraud Detection”: 3 zip files, 2.1 GB, with 214 files in them.',
      'There have been links since',
      'The newest stops working on',
      'The archive is kept until',
      'a link cannot be switched off by itself',
      'your own too',
      'For the data you would have to ask for the export again.',
      'Nothing changes until you press a button.',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('only copy');
  });

  it('warns before the only copy is removed, and does not promise new links where they have expired', () => {
    expect(read('revoke-link', 'only-copy')).toContain('its archive may be the only copy');
    expect(read('revoke-link', 'expired')).toContain('The newest stopped working on');
    expect(read('revoke-link', 'expired')).toContain('Then write “new link for DSR-1042” to get one.');
  });

  it('never says before the check that old links no longer work, and says what hinders it', () => {
    for (const stage of ['replacing', 'deleting', 'removing', 'trouble']) {
      expect(read('revoke-link', stage)).not.toMatch(/no longer work|have stopped/u);
    }
    expect(read('revoke-link', 'replacing')).toContain('The old links work until this card says that they do not.');
    const text = read('revoke-link', 'trouble');
    expect(text).toContain('I keep trying. Until I say here that it is done, the old links may still work.');
  });

  it('is told as done on the result, and a removed archive on the status', () => {
    expect(read('export-result', 'revoked')).toMatch(/Links that were handed out before .* no longer work/u);
    expect(read('export-result')).not.toContain('no longer work');
    const status = read('request-status', 'archive-removed');
    expect(status).toContain('has been removed from storage, so no link to it works');
    expect(status).not.toContain('new link');
  });
});

describe('a receipt', () => {
  it('tells what, by whom, when, the request and the check', () => {
    const text = read('delete-receipt', 'partly-failed');
    for (const part of [
      'DSR-1042',
      '111 assets deleted from “Fraud Detection”',
      'Requested by Megan Bowen, approved by Patti Fernandez',
      'Checked with a fresh list from Studio',
      'gone',
      '3 assets not deleted',
      'Studio says it is in use',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('does not claim a check that was not made', () => {
    const text = read('delete-receipt', 'unchecked-in-channel');
    expect(text).toContain('does not confirm all of it yet');
    expect(text).not.toContain(': gone');
  });
});

describe('a workspace’s deletion', () => {
  it('names what is tied to it, what stays and who does it before anything is done', () => {
    const text = read('delete-workspace-preview');
    for (const part of [
      'fraud-plan',
      'costing money',
      'contosofraudstg',
      'Azure Resource Manager',
      'cannot be undone',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows what changed since the preview before', () => {
    const text = read('delete-workspace-preview', 'changed-by-hand');
    expect(text).toContain('nothing was done');
    expect(text).toContain('New since the preview: dataset “transactions june.csv”.');
    expect(text).toContain('No longer included: trained model “Fraud model 2017”.');
    expect(text).toContain('what is connected to it, is not what the earlier preview showed');
  });

  it('says what a person has to do where Steward may not, and that it needs no message', () => {
    expect(read('workspace-watch', 'no-access')).toContain('“Fraud Detection” in the subscription “Contoso Research”');
    expect(read('workspace-watch')).toContain('you do not need to tell me');
  });

  it('never claims more than was seen', () => {
    expect(read('workspace-receipt')).toContain('Azure no longer lists it');
    const unsure = read('workspace-receipt', 'not-proven');
    expect(unsure).toContain('not proven');
    expect(unsure).not.toContain('Deleted');
    expect(read('workspace-receipt', 'kept')).not.toContain('Gone with it');
    expect(read('workspace-receipt', 'not-proven')).not.toContain('Gone with it');
  });
});

describe('an export result', () => {
  it('tells parts, sizes, checksums, the end of the link and what is missing', () => {
    const text = read('export-result', 'partly-failed');
    for (const part of [
      '12 assets in 1 zip file, 42 MB',
      'SHA-256 3f1d2c4b0a9e…',
      'The link works until',
      '1 exception',
      'disappeared from Studio',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('keeps the link out of what others see, and says where it went', () => {
    expect(read('export-result-public')).toContain('The download link went to Megan Bowen in a personal chat.');
    expect(read('export-result-public', 'cannot-reach')).toContain('I cannot reach Megan Bowen in a personal chat.');
  });
});

describe('progress', () => {
  it('is measured in bytes while exporting and in assets while deleting', () => {
    expect(read('progress')).toContain('37 %');
    expect(read('progress')).toContain('46 MB of 124 MB');
    expect(read('progress', 'deleting')).toContain('33 %');
  });

  it('never shows more than all, nor all before it is', () => {
    const data = {
      request: 'DSR-1',
      version: 1,
      workspaceName: 'w',
      action: 'export',
      phase: 'exporting',
      assetsTotal: 3,
      bytesTotal: 1000,
      startedAt: null,
      stopRequested: false,
    } as const;
    const percent = (bytesDone: number) =>
      allText(renderCard('progress', { ...data, assetsDone: 3, bytesDone }).card).join(' ');
    expect(percent(2000)).toContain('100 %');
    expect(percent(999)).toContain('99 %');
  });

  it('says what a stop would leave', () => {
    expect(read('progress', 'deleting')).toContain('cannot be restored');
  });
});

describe('a request that waits for Studio', () => {
  it.each([
    ['progress', 'Stop'],
    ['request-status', 'Cancel'],
  ] as const)(
    'says on its %s card since when, that nothing is lost, when it is tried again, and how to stop',
    (card, stop) => {
      const text = read(card, 'studio-down');
      expect(text).toMatch(/Studio has not worked since \d+:41( PM)?\. Nothing is lost/u);
      // Never a minute that is over before it is tried.
      expect(text).toMatch(/I try again by \d+:44( PM)? and continue by myself/u);
      expect(text).toContain(`press ${stop}`);
      expect(JSON.stringify(sampleOf(card, 'studio-down').draw().card)).toContain(`"title":"${stop}"`);
    },
  );
});

describe('every state of a request', () => {
  it('has its own words and says what comes next', () => {
    const texts = samples
      .filter(({ card, title }) => card === 'request-status' && title !== 'studio-down')
      .map(({ title }) => read('request-status', title));
    expect(texts).toHaveLength(13);
    expect(new Set(texts).size).toBe(13);
  });
});

describe('a progress card', () => {
  it('never goes back where a deletion follows the export', () => {
    const steps = (['exporting', 'deleting', 'checking'] as const).flatMap((phase) =>
      [0, 3, 6].map((done) => ({ phase, assetsDone: phase === 'checking' ? 6 : done, assetsTotal: 6, bytesTotal: 0 })),
    );
    const shares = steps.map((step) => {
      const { card } = renderCard('progress', { ...progress.usual, ...step, action: 'export-then-delete' });
      return Number(/(\d+) %/u.exec(allText(card).join(' '))?.[1]);
    });
    expect(shares).toEqual([0, 25, 50, 50, 75, 100, 100, 100, 100]);
  });
});
