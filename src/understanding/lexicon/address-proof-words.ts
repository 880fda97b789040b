import { addressWords } from './address-words.ts';

const adjective = '[old|other|second|former|previous|another|additional|private|personal|work|new|earlier|first]*';
const what = 'address|mail|e-mail|email|alias|account|mailbox|login|one';
const verb = 'link|connect|attach|tie|map|assign|associate|bind|join|add|register|record|match|pair';
const also = '[also|really|actually|in|fact|still|too|definitely]*';
const end = '[too|also|as] [well]';

/** "adoe@old.example is mine too": `A` is the address of the speaker. */
export const mineSources: readonly string[] = [
  `${addressWords} A ${also} is ${also} mine|me ${end}`,
  `${addressWords} A is ${also} my ${adjective} ${what} ${end}`,
  `${addressWords} A is ${also} [an|a|the|another|one]* ${adjective} ${what} of mine ${end}`,
  `${addressWords} A 's ${also} mine|me ${end}`,
  `${addressWords} A ${also} belongs ${also} to me ${end}`,
  `${addressWords} A and i are [the|one|and]* same person|human`,
  `${addressWords} A that 's|is me|mine ${end}`,
  `my ${adjective} ${what} is|was [also]* A`,
  `another|one ${what} of mine is A`,
  `i ${also} own|use|have|had|used [to] [have|use|own|be|the|my]* ${addressWords} A ${end}`,
  `i am|was [also|really]* A ${end}`,
  `i'm [also|really]* A ${end}`,
  `that 's|is me|mine [too|also] A`,
  `${verb} ${addressWords} [my|mine]* ${addressWords} A [up] to|with|for|as|on [my|mine|me|myself]* [own|other|old|second|another]* [account|profile|user|address|one]* ${end}`,
  `${verb} my ${adjective} ${what} A [to|with] [my|me] [account|profile]`,
  `${verb} me|my|myself [account|profile] to|with ${addressWords} A ${end}`,
  `prove|verify|confirm|validate [that]* ${addressWords} A is mine|me|my [${what}]`,
  `prove|verify|confirm|validate my ${adjective} ${what} A`,
  `claim ${addressWords} A`,
  `send|mail me [a|the]* code to ${addressWords} A`,
  `send|mail [me]* [a|the|my]* code to [my]* ${adjective} [${what}]* A`,
  `count ${addressWords} A for|as me|mine ${end}`,
  `make ${addressWords} A count for|as me|mine ${end}`,
  `recognise|recognize me by|as|under ${addressWords} A ${end}`,
];

const code = '[verification|confirmation|secret|e-mail|email|mail|proof|one-time|8-digit|eight-digit]* code|pin';

/** "my code is 12345678": `C` is the code, any digits where they are called so, else as many as a code has. */
export const codeSources: readonly string[] = [
  'C',
  `[my|the|your|this|our|a|mail]* ${code} is|was|reads|says C`,
  `[my|the|your|this|our|a]* ${code} C`,
  `[my|the|your|this|our|a]* ${code} [for|of|from] ${addressWords} A is|was|reads C`,
  `C is|was [my|the|your|this]* ${code}`,
  `here is|'s [my|the|your]* [code] C`,
  `here [you] [go|are] C`,
  `i [have]* got|received|have|see [the|a|this|my|your]* [code|pin] C`,
  `[the|your|my]* mail|message|e-mail|email says|said|has|contains|reads [the]* [code]* C`,
  `it says|said|reads C`,
  `it is|was C`,
  `it 's C`,
  `use|take|try|enter|check|accept|verify|redeem|submit [with|the|my|this]* [code|pin]* C`,
  `confirm|prove|verify [it|that|this|me]* with|by [the|my|this]* [code|pin]* C`,
  `link it with [the|my]* [code]* C`,
];
