import fc from 'fast-check';

/** Characters that are likely to cause errors somewhere between Studio, the database, files and cards. */
const odd = [
  '\0',
  '\ud83d',
  '\ude00',
  '\ufffd',
  '\ufffd0000',
  '\u0001',
  '\u001b[31m',
  '\u0085',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u00ad',
  '\u{e0041}',
  '\uffff',
  '\r\n',
  '\u2028',
  '😀',
  'é',
  'e\u0301',
  'ß',
  '/',
  '..',
  '\\',
  '"',
  '<b>',
  '.csv',
];

/** Any UTF-16 text: whole characters, halves of surrogate pairs, and characters known to cause errors. */
export const anyText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 40 }),
  fc
    .array(fc.oneof(fc.constantFrom(...odd), fc.string({ maxLength: 4 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
  fc.constantFrom(...odd, ''),
);
