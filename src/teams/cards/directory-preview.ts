import { z } from 'zod';
import template from '../../../cards/directory-preview.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { prose, quoted, runs } from './literal.ts';
import { moment, name, requestFields } from './shapes.ts';
import { durationWords, momentWords } from './words.ts';

const hour = 3_600_000;

/** What an export of somebody's directory data is, before it is started. Shown to the administrator only. */
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
      summary: `${title.join('')} It waits for your confirmation.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · Directory data preview`,
      title,
      subtitle: prose(data.personAddress),
      // Microsoft Graph documentation, user: exportPersonalData.
      exports: 'Microsoft’s page names the person’s data in OneDrive and their activity reports, and nothing else.',
      leavesOut:
        'Nothing of Studio (classic): no workspaces and no assets. Whether telemetry is in it, Microsoft does not say.',
      delivery: `Microsoft Graph gets the right to write into a container that is made for this export alone, for seven days. I do not look into the files. You get links to them in this chat, which work for ${durationWords(data.linkHours * hour)}; after ${durationWords(data.retentionHours * hour)} the container is removed.`,
      duration:
        'It may take long; Microsoft names no time. I follow it and this card shows how far it is. You can stop me from following, but an operation that Graph has begun cannot be cancelled: I then remove its container, so that nothing more can be written. After seven days the right to write ends, and what is missing takes a new export.',
      expiry: `Nothing happens until you answer. This preview expires on ${momentWords(data.expiresAt)}.`,
    };
  },
);
