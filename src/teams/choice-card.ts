import type { AssetOption, RequestRecord, WorkspaceOption } from '../domain/request.ts';
import { kindWords } from '../sources/registry.ts';
import type { CardBasis } from './card-context.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { dayWords, roleWords, sizeWords } from './cards/words.ts';

/** The question that a request needs an answer to, with its options as buttons. */
export function choiceCard(request: RequestRecord, basis: CardBasis): RenderedCard {
  const { choice, action, workspace, expiresAt, updatedAt } = request;
  if (choice === null) throw new Error(`request ${request.number} awaits a choice but offers none`);
  const shared = { ...basis, action, expiresAt: expiresAt ?? updatedAt };
  switch (choice.question) {
    case 'which-person':
      return renderCard('choose-person', {
        ...basis,
        said: choice.said,
        options: choice.options.map(({ id, name, address }) => ({ id, title: name, detail: address })),
        expiresAt: shared.expiresAt,
      });
    case 'which-workspace':
      return renderCard('choose-workspace', {
        ...shared,
        said: choice.said,
        options: choice.options.map(workspaceOption),
      });
    case 'did-you-mean-workspace':
      return renderCard('propose-name', {
        ...shared,
        said: choice.said ?? '',
        where: null,
        options: choice.options.map(workspaceOption),
      });
    case 'which-asset':
      return renderCard('choose-asset', {
        ...shared,
        workspaceName: workspace?.name ?? '',
        changed: request.changes !== null,
        questions: [{ said: choice.said, options: choice.options.map(assetOption) }],
      });
    case 'did-you-mean-asset':
      return renderCard('propose-name', {
        ...shared,
        said: choice.said,
        where: workspace?.name ?? null,
        options: choice.options.map(assetOption),
      });
  }
}

function workspaceOption({ id, name, accountType, role }: WorkspaceOption) {
  return { id, title: name, detail: `${accountType} account, ${roleWords(role)}` };
}

function assetOption({ id, asset, name, sizeBytes, createdAt, owner }: AssetOption) {
  const detail = [
    kindWords[asset.kind].one,
    ...(sizeBytes === null ? [] : [sizeWords(sizeBytes)]),
    ...(createdAt === null ? [] : [`created ${dayWords(new Date(createdAt))}`]),
    ...(owner === '' ? [] : [`owner ${owner}`]),
  ];
  return { id, title: name, detail: detail.join(', ') };
}
