import type { TeamsServices } from './teams-services.ts';

/** Who looks after Steward in this company, as the configuration names them; null when it names nobody. */
export function administratorWords({ settings }: Pick<TeamsServices, 'settings'>): string | null {
  return settings.administratorContact ?? null;
}

/** Whom somebody without a workspace can ask, in a sentence. */
export function whomToAsk(services: Pick<TeamsServices, 'settings'>): string {
  const who = administratorWords(services) ?? 'an owner of the workspace, or who runs Studio Steward in your company';
  return `If you should be in one, ask ${who}.`;
}
