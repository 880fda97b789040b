import { ActivityTypes, type TurnContext } from 'botbuilder';
import { messageWith } from './card-message.ts';
import type { RenderedCard } from './cards/render.ts';

/**
 * Answers a press with a card, which replaces the pressed one for this person. A press that arrived as a message is
 * answered with a message.
 */
export async function respondWithCard(context: TurnContext, rendered: RenderedCard): Promise<void> {
  if (context.activity.type !== ActivityTypes.Invoke) {
    await context.sendActivity(messageWith(rendered));
    return;
  }
  await respond(context, 'application/vnd.microsoft.card.adaptive', rendered.card);
}

/** Answers a press with a sentence. */
export async function respondWithText(context: TurnContext, text: string): Promise<void> {
  if (context.activity.type !== ActivityTypes.Invoke) {
    await context.sendActivity(text);
    return;
  }
  await respond(context, 'application/vnd.microsoft.activity.message', text);
}

/**
 * Sets the invoke's answer directly: once any card with a refresh has been returned, teams-ai would otherwise also
 * update the message for everybody from then on.
 */
async function respond(context: TurnContext, type: string, value: unknown): Promise<void> {
  await context.sendActivity({
    type: ActivityTypes.InvokeResponse,
    value: { status: 200, body: { statusCode: 200, type, value } },
  });
}
