import { isByModelAlone } from './decide.ts';
import type { Reading, Slots } from './intents.ts';
import { laterKinds } from './lexicon/kind-phrases.ts';
import { readWorkspaceResourceWish } from './workspace-resource-phrases.ts';

/**
 * Limits a reading to what Studio (classic) can act on. A kind that only the current Azure Machine Learning has is
 * reported as `laterKind` and nothing is done. Wishes about members, gateways or plans become `none`, because they get
 * an answer of their own.
 */
export function withinProduct(reading: Reading, text: string): Reading {
  if (isWorkspaceResource(reading, text)) {
    return { intent: 'none', slots: {}, confidence: reading.confidence, why: 'about what is no asset' };
  }
  const { intent, slots, offers = [], confidence, why } = reading;
  const laterKind = laterKindOf(slots);
  if (laterKind !== undefined && intent !== 'none') return { intent: 'none', slots: {}, confidence, why, laterKind };
  const possible = offers.filter((offer) => laterKindOf(offer.slots) === undefined);
  if (possible.length === offers.length) return reading;
  const expectedKind = offers[0] === undefined ? undefined : laterKindOf(offers[0].slots);
  const { offers: _, ...rest } = reading;
  if (possible.length > 0) return { ...rest, offers: possible };
  return expectedKind === undefined ? rest : { ...rest, laterKind: expectedKind };
}

/** True when the rules read no command, the text speaks of members or the like, and no asset of Studio is named. */
function isWorkspaceResource(reading: Reading, text: string): boolean {
  const {
    intent,
    slots: { assets = [] },
    incomplete,
  } = reading;
  if ((intent !== 'none' && !isByModelAlone(reading)) || incomplete !== undefined) return false;
  return (
    assets.every(({ kind }) => kind === undefined || laterKinds.has(kind)) && readWorkspaceResourceWish(text) !== null
  );
}

/** The first kind in these slots that only the current Azure Machine Learning has. */
function laterKindOf({ kind, assets, except }: Slots): string | undefined {
  const kinds: (string | undefined)[] = [
    kind,
    ...[...(assets ?? []), ...(except ?? [])].map((mention) => mention.kind),
  ];
  return kinds.find((said) => said !== undefined && laterKinds.has(said));
}
