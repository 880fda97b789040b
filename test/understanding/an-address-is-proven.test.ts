import { describe, expect, it } from 'vitest';
import { addressProof, mayHoldCode, proofBeside } from '../../src/understanding/address-proof-phrases.ts';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';

const model = shippedModel();
const names = new StemIndex([
  { name: 'Churn Lab', isWorkspace: true },
  { name: 'churn.csv', isWorkspace: false },
]);

const claims = [
  'adoe@old.example is mine too',
  'adoe@old.example is mine',
  'adoe@old.example is also mine',
  'adoe@old.example is me',
  'hi, adoe@old.example is mine as well',
  'the address adoe@old.example is mine too, please',
  'adoe@old.example is my old address',
  'adoe@old.example is my other e-mail',
  'adoe@old.example is also my mailbox',
  'adoe@old.example is actually my second account',
  'adoe@old.example is an old address of mine',
  'adoe@old.example is another account of mine',
  "adoe@old.example's mine too",
  'adoe@old.example belongs to me',
  'adoe@old.example also belongs to me',
  'adoe@old.example belongs to me too',
  'adoe@old.example and I are the same person',
  "adoe@old.example, that's me",
  'adoe@old.example: that is me too',
  'my old address is adoe@old.example',
  'my other email is adoe@old.example',
  'My previous address was adoe@old.example.',
  'another address of mine is adoe@old.example',
  'I also have adoe@old.example',
  'I own adoe@old.example',
  'I also use adoe@old.example',
  'I used to have adoe@old.example',
  'I used to use the address adoe@old.example',
  'I still have my other address adoe@old.example',
  'I had adoe@old.example too',
  'I am adoe@old.example',
  "I'm also adoe@old.example",
  'I am also adoe@old.example too',
  "that's me too: adoe@old.example",
  'that is mine: adoe@old.example',
  'link adoe@old.example to me',
  'link adoe@old.example to my account please',
  'please connect adoe@old.example with my account',
  'could you link the address adoe@old.example to my account?',
  'can you add adoe@old.example to my account?',
  'add my old address adoe@old.example',
  'link my other email adoe@old.example',
  'link my old address adoe@old.example to my account',
  'register adoe@old.example as mine',
  'link me to adoe@old.example',
  'connect my account with adoe@old.example',
  'add adoe@old.example as my second address',
  'I want to link adoe@old.example to my account',
  'I would like to add adoe@old.example to my profile',
  'prove that adoe@old.example is mine',
  'I want to prove that adoe@old.example is mine',
  'verify my old address adoe@old.example',
  'verify that adoe@old.example is my address',
  'claim adoe@old.example',
  'I want to claim the address adoe@old.example',
  'send a code to adoe@old.example',
  'send me a code to my old address adoe@old.example',
  'mail me the code to adoe@old.example',
  'count adoe@old.example as mine',
  'recognise me by adoe@old.example',
  'Steward, adoe@old.example is really me',
  'attach adoe@old.example to my own account too',
  'ok so adoe@old.example is my former address',
];

/** What is called a code. */
const calledCodes = [
  'my code is 12345678',
  'My code is 12345678.',
  'the code is 12345678',
  'the code was 12345678',
  'your code is 12345678',
  'code is 12345678',
  'code 12345678',
  'Code: 12345678',
  'my code: 12345678',
  'my code 12345678',
  'hi, my code is 12345678',
  'hello steward, the code is 12345678 thanks',
  'the code is 1234 5678',
  'my code is 1234-5678',
  'the verification code is 12345678',
  'my verification code is 12345678',
  'verification code 12345678',
  'verification code: 12345678',
  'the confirmation code is 12345678',
  'my confirmation code: 12345678',
  'the secret code is 12345678',
  'the e-mail code is 12345678',
  'the 8-digit code is 12345678',
  'my one-time code is 12345678',
  'the pin is 12345678',
  'my pin is 12345678',
  'pin 12345678',
  'PIN: 12345678',
  'the code for adoe@old.example is 12345678',
  'the code of adoe@old.example is 12345678',
  'my code for the address adoe@old.example is 12345678',
  '12345678 is my code',
  '12345678 is the code',
  '12345678 is the verification code',
  '12345678 was the code',
  'here is my code 12345678',
  "here's the code: 12345678",
  'here is the code 12345678',
  'I got the code 12345678',
  'I have received the code 12345678',
  'I have the code 12345678',
  'the mail said the code 12345678',
  'the e-mail contains the code 12345678',
  'use code 12345678',
  'please take the code 12345678',
  'try the code 12345678',
  'enter the code 12345678',
  'check my code 12345678',
  'verify with code 12345678',
  'confirm it with the code 12345678',
  'prove it with my code 12345678',
  'submit code 12345678',
  'link it with the code 12345678',
  'my code is 1234567',
];

/** The same in words that anybody may use for another number; they are read only of somebody who expects a code. */
const bareCodes = [
  '12345678',
  '1234 5678',
  '1234-5678',
  '12345678.',
  '"12345678"',
  'here you go 12345678',
  'here you are: 12345678',
  'I received 12345678',
  'I see 12345678',
  'the mail says 12345678',
  'the message says 12345678',
  'your mail says 12345678',
  'it says 12345678',
  'it is 12345678',
  "it's 12345678",
  'use 12345678',
  'try 12345678',
  'confirm with 12345678',
  'please accept 12345678',
  'ok, 12345678',
];

/** What only looks like one of them. */
const others = [
  'adoe@old.example is not mine',
  'adoe@old.example is not mine any more',
  "adoe@old.example isn't me",
  'adoe@old.example was never mine',
  'adoe@old.example is mine and so is b@old.example',
  'is adoe@old.example mine?',
  'is adoe@old.example my address?',
  'adoe@old.example is mine?',
  'do I own adoe@old.example',
  'should I link adoe@old.example to my account?',
  "don't link adoe@old.example to my account",
  'do not link adoe@old.example to me',
  'never add adoe@old.example to my account',
  'link adoe@old.example to my account tomorrow',
  'link adoe@old.example to my workspace',
  'add adoe@old.example to my workspace',
  'share my workspace with adoe@old.example',
  'send my workspace to adoe@old.example',
  'send the archive to adoe@old.example',
  'send me a link to adoe@old.example',
  'my dataset was made by adoe@old.example',
  'my manager is adoe@old.example',
  'my colleague is adoe@old.example',
  'my approver is adoe@old.example',
  'the owner of my workspace is adoe@old.example',
  'I wrote to adoe@old.example',
  'I asked adoe@old.example',
  'I work with adoe@old.example',
  'I use churn.csv',
  'I own Churn Lab',
  'I have 12345678 rows',
  'delete dataset 12345678',
  'export 12345678',
  'export dataset 12345678',
  'delete experiment 12345678 and 12345679',
  'status of 12345678',
  'status of DSR-12345678',
  'cancel 12345678',
  'what is 12345678?',
  'is 12345678 my code?',
  'is the code 12345678?',
  'should I enter 12345678?',
  '12345678?',
  '12345678 is a dataset',
  '12345678 is mine',
  'the code is not 12345678',
  'do not use code 12345678',
  'Megan said the code is 12345678',
  'if the code is 12345678 what happens',
  'which code is 12345678',
  'where is my code',
  'I have no code',
  'I did not get a code',
  'send me a new code',
  'my code does not work',
  'my code is wrong',
  'the code is gone',
  'what is the code for',
  'my code is abc',
  'my code is in experiment 12345678',
  'the code of experiment 12345678',
  'export the code of module 12345678',
  'delete the code 12345678',
  '1234',
  '123456789012345',
  '12345678 and 87654321',
  '12345678 or 87654321',
  '20190101 20191231',
  'delete my code 12345678 dataset',
  'link it',
  'it is mine',
  "that's me",
  'I am Alex',
  'adoe@old.example is my manager',
  'adoe@old.example is my owner',
  'adoe@old.example approved it',
  'link adoe@old.example to my dataset',
  'make adoe@old.example the owner of my workspace',
  'I want adoe@old.example to see my workspace',
  'adoe@old.example belongs to my team',
  'adoe@old.example belongs to us',
];

describe('what proves an address', () => {
  it.each(claims)('is a claim: %s', (text) => {
    expect(addressProof(text)).toEqual({ kind: 'mine', address: 'adoe@old.example' });
    expect(understand(text, model)).toMatchObject({ intent: 'address.prove', slots: {}, confidence: 1 });
  });

  it.each(calledCodes)('is a code: %s', (text) => {
    const code = text.replace(/adoe@old\.example|8-digit|\D/gu, '');
    expect(addressProof(text)).toEqual({ kind: 'code', code });
    const reading = understand(text, model);
    expect(reading.intent).toBe('address.prove');
    // A reading is stored and shown to other parts; the code stays in the message.
    expect(JSON.stringify(reading)).not.toContain(code);
  });

  it.each(bareCodes)('is a code when one is expected: %s', (text) => {
    expect(addressProof(text, { expectsCode: true })).toEqual({ kind: 'code', code: '12345678' });
    expect(addressProof(text)).toBeNull();
    expect(mayHoldCode(text)).toBe(true);
  });

  it.each(others)('is not: %s', (text) => {
    expect(addressProof(text)).toBeNull();
    expect(addressProof(text, { expectsCode: true })).toBeNull();
    expect(understand(text, model).intent).not.toBe('address.prove');
  });

  it.each([
    'my code is 00000000 and delete churn.csv',
    'my code is 12345678, then delete dataset churn.csv',
    'my code is 12345678 and export my workspace',
    'my pin is 1234 5678. export churn.csv',
    'delete churn.csv, my code is 12345678',
    'the code 12345678, please delete churn.csv',
    'adoe@old.example is mine too and delete churn.csv',
    'delete churn.csv and send a code to jane@contoso.com',
    'my old address is jane@contoso.com, export my workspace',
  ])('beside something else does neither, and offers nothing: %s', (text) => {
    const reading = understand(text, model, { today: '2026-11-30', names });
    expect(reading).toMatchObject({ intent: 'address.prove', slots: {} });
    expect([addressProof(text), reading.offers]).toEqual([null, undefined]);
    expect(proofBeside(text)).not.toBeNull();
  });

  it.each([
    ['export my personal data. My email is jane@contoso.com', 'dsr.export'],
    ['export churn.csv, please', 'export.assets'],
    ['delete dataset 12345678, please', 'delete.assets'],
    ['at 02:00 UTC delete churn.csv', 'none'],
  ])('is not seen in what names a person or a thing: %s', (text, intent) => {
    expect(understand(text, model, { today: '2026-11-30', names }).intent).toBe(intent);
  });
});
