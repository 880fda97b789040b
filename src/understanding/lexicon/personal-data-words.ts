import { wrapped } from '../wrapped-pattern.ts';

/** What a person's data may be called. */
export const dataWord =
  /^(?:data|information|info|details|records|record|profile|particulars|traces|trace|footprint|history|file|dossier)$/;

/** Words before it: "all the stored data". */
export const beforeData = new RegExp(wrapped`
  ^(?:
    please|all|of|the|any|every|each|a|an|full|complete|copy|copies|whole|entire|everything|anything|whatever|
    what|all|out|only|just|me|us|back|dump|extract|export|single|bit|piece|pieces|archive|zip|package|
    structured|machine-readable|report|overview|account|related|private|own|stored|held|also|now|bits|remaining
  )$
`);

/** Prepositions between the data and the person. */
export const aboutWord = /^(?:about|on|of|for|from|concerning|regarding|to|with|around|by|under|belonging|in)$/;

/** Words between the data and the person: "that you hold about". */
export const betweenDataAndPerson = new RegExp(wrapped`
  ^(?:
    that|which|you|we|studio|is|are|has|have|had|got|get|hold|holds|held|keep|keeps|kept|store|stores|stored|
    know|knows|save|saved|saves|collect|collected|the|system|been|being|it|they|company|team|may|might|still|
    currently|ever|there|exists|exist|information|data|relating|related|relates|pertaining|belonging|linked|
    tied|connected|associated|recorded|on|file|processed|process|here|organisation|organization|microsoft|all|i|
    what|about|concerning|concern|concerns|own|copy|our|bot|people|service|need|be|tracked|in|your|systems
  )$
`);

/** What connects data with the person that they are about, at the end of a clause. */
export const concerning =
  /\b(?:about|on|concerning|regarding|belonging to|relating to|related to|linked to|tied to|pertaining to|associated with)$/;

/** "from your systems", after "remove me". */
export const fromRecords =
  /^(?:from|in) (?:your|the|this|all|studio)(?: whole| entire)? ?(?:systems?|records?|databases?|studio|servers?|service|bot|files)\b/;

/** Words of "… that you have stored" after a person. */
export const storedClauseWord = new RegExp(wrapped`
  ^(?:
    that|which|you|we|what|have|has|is|are|hold|holds|keep|keeps|store|stored|saved|save|got|collected|know|may|
    might|by|the|system|systems|your|our|its|about|on|me|been|held|kept|from|in|studio|of|bot|it|database|
    databases|servers|service|concerning|i
  )$
`);

/** What leads from data to the person that they are about, in front of a name. */
export const ofPerson = '(?: (?:of|for|on|about|from|belonging to))?';
