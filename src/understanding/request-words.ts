import { wrapped } from './wrapped-pattern.ts';

/** Fragments of regular expressions about existing requests. */

/** What a request may be called. */
export const jobNoun = wrapped`
  (?:
    request|requests|export|exports|deletion|deletions|erasure|removal|download|backup|job|jobs|dsr|dsar|sar|
    ticket|run|copy|archive|extraction|wipe|purge|access request|portability request|erasure request|zip|
    exporting|deleting|one
  )
`;

/** Words before that noun: "my last", "that". */
export const ownJob = wrapped`
  (?:(?:
    the|my|our|that|this|last|latest|current|running|pending|open|recent|previous|whole|workspace|dataset|
    experiment|model|data|erasure|access|export|deletion|gdpr|personal|full|big|of|today 's|today|
    yesterday 's|yesterday|morning 's|i|scheduled|submitted|ongoing|planned|first|second|just|started|older|
    newest|portability|old|subject|queued|upcoming|tonight 's|delete|id|no|number|nr|scheduled|one|for|
    project|notebook|service|web|webservice|# ?
  ) ){0,6}
`;

/** A request's id, with the words that lead to it. */
export const anId = wrapped`
  (?:(?:
    the |my |our |that |request |requests |ticket |case |dsr |number |id |no |nr |job |export |deletion |
    erasure |order |under |for |of |: |# ){0,6}(?:[a-z]{2,6}-\d[\w-]*|#\d+|\d{1,8}))
`;
