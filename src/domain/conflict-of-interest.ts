import type { LifecycleRefusal } from './lifecycle-refusal.ts';
import { type Account, type Addresses, isSamePersonOrAddress, samePerson } from './people.ts';
import type { DataSubject } from './request.ts';

/** Who asks, and whom it concerns; the subject is a person in the requester's tenant. */
interface Concerned {
  readonly requester: Account & Addresses;
  readonly subject: DataSubject | null;
}

/** True when the person has a conflict of interest: it is their own request, or it concerns their own data. */
export function hasConflictOfInterest(request: Concerned, by: Account & Addresses): boolean {
  return conflictOfInterest(request, by) !== null;
}

/**
 * Four-eyes principle (separation of duties): two accounts that share an address or are linked count as one person. Null when there
 * is no conflict of interest.
 */
export function conflictOfInterest(
  { requester, subject }: Concerned,
  by: Account & Addresses,
): LifecycleRefusal | null {
  if (samePerson(by, requester)) return 'requester-cannot-approve';
  if (isSamePersonOrAddress(by, requester)) return 'requesters-address-cannot-approve';
  const { tenantId } = requester;
  return subject !== null && isSamePersonOrAddress(by, { ...subject, tenantId }) ? 'subject-cannot-approve' : null;
}
