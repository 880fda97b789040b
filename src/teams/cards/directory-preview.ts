import { z } from 'zod';
import template from '../../../cards/directory-preview.json' with { type: 'json' };
import { mainSource } from '../../sources/registry.ts';
import type { CardContext } from '../card-context.ts';
import { type DataOf, defineCard } from './definition.ts';
import { directoryOf } from './directory-data.ts';
import { prose, quoted, runs } from './literal.ts';
import { moment, name, requestFields } from './shapes.ts';
import { durationWords, momentWords } from './words.ts';

const hour = 3_600_000;

/** What an export of a person's directory data contains, before it is started. Shown to the administrator only. */
export const directoryPreview = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    personName: name,
    personAddress: name,
    linkHours: z.number().positive(),
    retentionHours: z.number().positive(),
    expiresAt: moment,
  }),
  (data) => {
    const { request, version, refreshFor } = data;
    const title = runs('Export the directory data of ', ...quoted(data.personName, 60), '?');
    return {
      summary: `${title.join('')} It is waiting for your confirmation.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · Directory data preview`,
      title,
      subtitle: prose(data.personAddress),
      // Microsoft Graph documentation, user: exportPersonalData.
      exports:
        'According to Microsoft: the person’s data in OneDrive and their activity reports. Microsoft names nothing else.',
      leavesOut: `Nothing from ${mainSource.distinctName}: no workspaces and no assets. Microsoft does not say whether telemetry is included.`,
      delivery: [
        'Microsoft Graph can write into a container made only for this export, for seven days. I do not open the files.',
        `You get links to them in this chat; the links work for ${durationWords(data.linkHours * hour)}.`,
        `After ${durationWords(data.retentionHours * hour)} the container is removed.`,
      ].join(' '),
      duration: [
        'It may take a long time; Microsoft names no limit. This card shows how far it is.',
        'You can stop following it, but an export that Microsoft Graph has started cannot be cancelled: I then remove its container, so that nothing more can be written.',
        'After seven days Graph can no longer write; what is missing then needs a new export.',
      ].join(' '),
      expiry: `Nothing happens until you answer. This preview expires on ${momentWords(data.expiresAt)}.`,
    };
  },
);

/** The data of the preview, which the administrator confirms. */
export function directoryPreviewData({ services, report, basis }: CardContext): DataOf<typeof directoryPreview> {
  const { request } = report;
  const { person } = directoryOf(report);
  return {
    ...basis,
    personName: person.name,
    personAddress: person.address,
    linkHours: services.settings.linkLifetimeMs / hour,
    retentionHours: services.settings.archiveRetentionMs / hour,
    expiresAt: request.expiresAt ?? request.updatedAt,
  };
}
