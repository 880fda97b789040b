import { z } from 'zod';
import { SourceError, type SourceErrorReason } from '../../domain/asset-source.ts';

/** The same failure in words about Azure instead of Studio. */
export function armFailure(error: SourceError, doing: string): SourceError {
  const { reason, status, serviceMessage, retryAfterMs } = error;
  return new SourceError(reason, sentence(reason, doing), { status, serviceMessage, retryAfterMs });
}

/** Does something with an answer; one of another shape becomes a SourceError. */
export function understanding<Result>(doing: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof z.ZodError) throw new SourceError('unreadable', sentence('unreadable', doing));
    throw error;
  }
}

function sentence(reason: SourceErrorReason, doing: string): string {
  switch (reason) {
    case 'unauthorized':
      return `Azure did not accept Steward’s sign-in while ${doing}. Ask your Studio Steward administrator.`;
    case 'forbidden':
      return `Steward has no right to do this in Azure (${doing}). Somebody with that right can do it in the Azure portal (https://portal.azure.com).`;
    case 'not-found':
      return `Azure could not find it while ${doing}. It may have been deleted.`;
    case 'conflict':
      return `Something else in Azure stood against it while ${doing}, such as a lock or a use of it. Look at it in the Azure portal, then ask again.`;
    case 'throttled':
      return `Azure asked to slow down while ${doing}. It will work again later.`;
    case 'unavailable':
      return `Azure had a failure of its own while ${doing}. It may work again in a few minutes.`;
    case 'unreachable':
      return `Azure could not be reached while ${doing}. Check the network, or try again later.`;
    case 'unreadable':
      return `Azure sent something that cannot be read while ${doing}. Try again later.`;
    case 'rejected':
      return `Azure did not accept the request while ${doing}.`;
    case 'unsupported':
      return `Azure has no way for ${doing}.`;
  }
}
