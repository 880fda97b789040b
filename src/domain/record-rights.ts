/** How somebody stands to a request whose record they ask for, from the authenticated activity and what is known now. */
export interface RecordReader {
  readonly isAuditor: boolean;
  readonly isRequester: boolean;
  /** Has decided about it, may decide about it, or was asked to. */
  readonly decides: boolean;
  /** Owns the workspace that it is about. */
  readonly ownsWorkspace: boolean;
  /** Was told that it waits, without being asked. */
  readonly wasTold: boolean;
  /** Reads in a conversation in which its cards stand. */
  readonly isShownHere: boolean;
}

/** Where the record is asked for: in the person's own chat, or where others read along. */
export type ReadingPlace = 'personal' | 'shared';

/** What somebody may read of the record of a request: with names and texts, with roles instead of them, or nothing. */
export type RecordView = 'names' | 'roles' | 'none';

/**
 * What of the record may be shown to this person in this place. Names, comments and what the request is about go to
 * auditors and those concerned, in their own chat only. For whom it does not exist gets the same answer as for a number
 * that nobody has. The person whose data a request is about is none of those concerned: such a request may be about a
 * suspicion against them.
 */
export function recordView(reader: RecordReader, place: ReadingPlace): RecordView {
  const { isAuditor, isRequester, decides, ownsWorkspace, wasTold, isShownHere } = reader;
  if (place === 'shared') return isRequester || decides || isShownHere ? 'roles' : 'none';
  if (isAuditor || isRequester || decides || ownsWorkspace) return 'names';
  return wasTold || isShownHere ? 'roles' : 'none';
}
