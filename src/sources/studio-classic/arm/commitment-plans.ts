import { z } from 'zod';
import { commitmentPlansClient } from '../../../azure/arm/arm-clients.ts';
import type { ArmTransport } from '../../../azure/arm/arm-transport.ts';
import { readResourceId } from '../../../azure/arm/resource-id.ts';
import { understanding } from '../../../azure/http/http-failures.ts';
import { ServiceFailure } from '../../../domain/service-failure.ts';
import { originalText } from '../../../domain/storable-text.ts';
import { redactJson } from '../document-redaction.ts';

/** A plan with its associations and usage, as JSON. Throws ServiceFailure. */
export async function describeCommitmentPlan(
  transport: ArmTransport,
  id: string,
  signal: AbortSignal,
): Promise<string> {
  const plan = readResourceId(originalText(id).toWellFormed(), 'commitmentPlans');
  if (!plan)
    throw new ServiceFailure(
      'Azure',
      'unreadable',
      'A web service names a commitment plan with an id that cannot be read.',
    );
  const doing = `reading the commitment plan “${plan.name}”`;
  const client = commitmentPlansClient(transport, plan.subscription, { doing, signal });
  const described = {
    plan: bodyOf(await client.commitmentPlans.get(plan.group, plan.name)),
    associations: await allPages(
      doing,
      () => client.commitmentAssociations.list(plan.group, plan.name),
      (next) => client.commitmentAssociations.listNext(next),
    ),
    usageHistory: await allPages(
      doing,
      () => client.usageHistory.list(plan.group, plan.name),
      (next) => client.usageHistory.listNext(next),
    ),
  };
  return redactJson(JSON.stringify(described), [], 2);
}

/** The raw response, which this generation of packages attaches to its results. */
interface Answer {
  readonly _response: { readonly bodyAsText: string };
}

const Page = z.object({ value: z.array(z.unknown()).default([]), nextLink: z.string().nullish() });

/**
 * All pages of a list, read from the raw answers, because the package's result of a page of usage lacks the address of
 * the next page.
 */
async function allPages(
  doing: string,
  first: () => Promise<Answer>,
  next: (link: string) => Promise<Answer>,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let answer = await first();
  for (;;) {
    const page = bodyOf(answer);
    const { value, nextLink } = understanding({ doing, service: 'Azure' }, () => Page.parse(page));
    items.push(...value);
    if (!nextLink) return items;
    answer = await next(nextLink);
  }
}

function bodyOf({ _response }: Answer): unknown {
  return JSON.parse(_response.bodyAsText);
}
