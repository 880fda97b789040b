import { anchored, anywhere, del, exp } from './grammar.ts';
import { matchFrom, prefixes } from './prefixes.ts';
import { anId, jobNoun, ownJob } from './request-words.ts';
import type { Sentence } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

const cancelVerb = wrapped`
  (?:
    cancel|stop|abort|halt|withdraw|revoke|call off|retract|kill|terminate|rescind|undo|scrap|drop|discontinue|
    cut short|pull the plug on|break off|interrupt|end|scratch|nullify|void|annul|suspend|take back|pull|
    pull back|pause|discard|put a stop to|close|dismiss|remove|do not run|do not execute|do not process|
    do not carry out|do not continue with|do not start|do not go through with|do not proceed with|
    do not go ahead with|do not do|quit|recall|reverse|hold|reject
  )
`;

const cancelForm = anchored(wrapped`
  (?:(?:
    no|nope|wait|oh no|oops|stop|sorry|hold on|hang on|never mind|changed my mind|i changed my mind|
    on second thoughts?|mistake|false alarm|hmm|um|argh|actually
  )(?: ,| \.| !| -| \.\.\.){0,6} ){0,6}
  (?:i would rather |we would rather |can i |could i |may i |how about we )?(?:please )?${cancelVerb}
  (?: (?:running|executing|processing|with|now|please|all|immediately)){0,6} (?:
    ${anId}|${ownJob}${jobNoun}|it(?= (?:please|now|before|again|,|\.|!)|$)|everything that is running|
    that request|this request
  )
`);

const cancelSplit = anchored(
  `(?:please )?(?:call|cancel|take|pull|break|put|bring|get) (?:${anId}|${ownJob}${jobNoun}) (?:off|back|to a halt|to a stop|to an end|cancelled|stopped|withdrawn|aborted|on hold)`,
);
const cancelPassive = anywhere(wrapped`
  (?:want|need|would like|like|please have|have|wish|can|could|should|must|may|get|to see) (?:to have )?
  (?:${anId}|${ownJob}${jobNoun})
  (?: (?:to be|be|should be|must be|please|now)){0,6} (?:
    cancelled|canceled|stopped|aborted|withdrawn|halted|called off|revoked|terminated|retracted|taken back|
    undone|dropped
  )
`);

const cancelLater = anywhere(wrapped`
  (?:${jobNoun}|${anId})(?: (?:please|now|i \S+|that \S+|we \S+)){0,6}(?: ?[:,.-])? (?:please )?
  (?:
    cancel|abort|stop|withdraw|call (?:it|that|this) off|
    do not (?:run|execute|do|start|continue|process)(?: it| that| this)?|
    forget it|
    is no longer needed ?,? (?:please )?(?:cancel|stop|drop|withdraw)(?: it)?|
    should (?:be )?(?:stop|cancelled|canceled|stopped|withdrawn)|
    must (?:be )?(?:stop|cancelled|canceled|stopped|withdrawn)|
    can be (?:cancelled|canceled|withdrawn)|cancellation|cancelled please|must stop|
    needs to (?:stop|be cancelled|be stopped)|
    was (?:a mistake|an accident|wrong) ?,? (?:please )?(?:cancel|stop|undo|withdraw)(?: it)?
  )
`);

const cancelNoun = anchored(
  `(?:i (?:want|need|would like) (?:to request )?|request |requesting )?(?:a |the )?(?:cancellation|withdrawal|cancelation|abort) (?:of|for) (?:${anId}|${ownJob}${jobNoun})`,
);
const cancelTerse = anchored(wrapped`
  (?:please )?(?:cancel|abort|stop) (?:the )?(?:request|it all|last request|running (?:job|export|deletion))|
  i (?:want to |would like to |wish to |hereby )?
    (?:withdraw|take back|retract|revoke|cancel) (?:the |my |that |this )?
    (?:request|deletion|export|erasure|order)
`);

const actions = new RegExp(`\\b(?:${del.base}|${exp.base})\\b`);

const stopping = new RegExp(wrapped`
  \b(?:
    cancel\w*|stop\w*|abort\w*|halt\w*|withdraw\w*|withdrew|revoke\w*|call|take|retract\w*|kill|terminate\w*|
    rescind|undo|undone|scrap|drop\w*|discontinue|cut|pull|break|interrupt|end|scratch|nullify|void|annul|
    suspend|pause|discard|put|close|dismiss|remove|not|quit|recall|reverse|hold|reject|forget|bring|get|
    cancell?ation|withdrawal|reverse
  )\b
`);

/** True for "cancel DSR-7", "stop the export", "that deletion I asked for, call it off". */
export function isCancel(sentence: Sentence): boolean {
  const words = sentence.canon;
  if (!stopping.test(words)) return false;
  if (
    /\?\s*$/.test(words) &&
    !/\b(?:can|could|would|will|mind) you\b|\b(?:can|could|may) i (?:please )?(?:cancel|stop|withdraw) (?:my|the|that|this|it|dsr|request)/.test(
      words,
    )
  )
    return false;
  if (/^(?:how|what|why|who|when|can i still|is it possible|may i still|do i|if|does|should)\b/.test(words))
    return false;
  for (const [index] of sentence.tokens.entries()) {
    const before = sentence.tokens[index - 1]?.word ?? '.';
    if (!/^[.,;:!-]$|^\.\.\.$|^(?:so|and|but|then|please|actually|mind)$/.test(before)) continue;
    const offset = sentence.offsets[index] ?? 0;
    const starts = prefixes(words, offset);
    for (const form of [cancelForm, cancelSplit, cancelNoun, cancelTerse]) {
      const end = matchFrom(form, words, starts, true);
      if (end === null) continue;
      const said = words.slice(offset, end);
      const prefix = words.slice(0, offset);
      if (
        /\b(?:if|never|said|told|says|not|asked me|wrote|wants me)\b/.test(prefix) &&
        !/\b(?:not sure|asked for|not (?:need|want)|no longer (?:need|want))\b/.test(prefix)
      )
        continue;
      if (
        actions.test(said) &&
        /\b(?:remove|drop|discard|kill|pull|close|end|scrap|scratch)\b/.test(said) &&
        !/\b(?:requests?|jobs?|running|pending|queued|ticket|tonight|scheduled|process)\b|[a-z]-\d/.test(said)
      )
        continue;
      return true;
    }
  }
  const generic =
    /^(?:(?:so|and|but|hi|hello|,) ){0,6}(?:can|could|may|are|is|do|does|will|must|should) (?!my|the|that|this|dsr|request|our|you|i )/.test(
      words,
    );
  return (cancelPassive.test(words) && !generic) || (cancelLater.test(words) && !/^if\b/.test(words));
}
