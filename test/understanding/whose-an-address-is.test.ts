import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressCommand } from '../../src/understanding/address-phrases.ts';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const model = shippedModel();

const links = [
  'link adoe@contoso.com to Alex Doe',
  'Link adoe@contoso.com to alex.doe@contoso.com please',
  'please connect the address adoe@old.example with Alex Doe',
  "could you attach adoe@old.example to alex doe's account?",
  'adoe@old.example belongs to alex.doe@contoso.com',
  'adoe@old.example also belongs to Alex Doe',
  'the mail address adoe@old.example belongs to Alex Doe.',
  "fyi adoe@old.example is Alex Doe's old address",
  "adoe@old.example is Alex's",
  "a.doe@contoso.com is actually Alex Doe's second e-mail",
  '"adoe@old.example" is an old address of Alex Doe',
  'adoe@old.example is another account of Megan Bowen',
  'hi steward, map adoe@old.example to megan bowen',
  'Hello! Please assign megan.b@old.example to Megan Bowen, thanks',
  'I want to link m.bowen@contoso.com to meganb@contoso.com',
  'we need to associate patti@old.example with Patti Fernandez',
  "I'd like you to tie patti@old.example to pattif@contoso.com",
  'can you link Alex Doe to adoe@old.example?',
  'link alex doe with his old address adoe@old.example',
  "connect Alex Doe's account with adoe@old.example",
  "add adoe@old.example to Alex Doe's account",
  'add the address adoe@old.example for Alex Doe',
  'register adoe@old.example under Alex Doe',
  'record adoe@old.example as an alias of alex.doe@contoso.com',
  'Alex Doe also has adoe@old.example',
  'alex.doe@contoso.com owns adoe@old.example too',
  'Megan Bowen still uses megan@legacy.example.org',
  "Jean-Luc O'Neil has jl@fabrikam.com",
  'Alex Doe is the person behind adoe@old.example',
  'make adoe@old.example an alias of Alex Doe',
  'make adoe@old.example count for alex.doe@contoso.com',
  'let adoe@old.example count for Alex Doe',
  'treat adoe@old.example as Alex Doe',
  "treat adoe@old.example as Alex Doe's address",
  'give adoe@old.example to Alex Doe',
  'give Alex Doe the address adoe@old.example',
  'assign Alex Doe adoe@old.example',
  'adoe@old.example should be linked to Alex Doe',
  'adoe@old.example has to be connected to Alex Doe',
  'adoe@old.example must count as Alex Doe',
  'have adoe@old.example linked to Alex Doe',
  'get adoe@old.example connected to alex.doe@contoso.com asap',
  'adoe@old.example and Alex Doe are the same person',
  'adoe@old.example and alex.doe@contoso.com are one person',
  'pls link ADOE@OLD.EXAMPLE to Alex Doe thx',
  'ok so link adoe@old.example to Alex Doe now',
  'Link up adoe@old.example with Alex Doe, please.',
  'good morning, link adoe@old.example and Alex Doe',
  'would you bind adoe@old.example to the account of Alex Doe?',
  'pair adoe@old.example with Alex Doe for me',
  'match adoe@old.example to Zoë Müller',
  'join adoe@old.example to the account alex.doe@contoso.com',
  'Steward: connect “adoe@old.example” with “Alex Doe”',
  'adoe@old.example goes with Alex Doe',
  'associate the other address adoe@old.example with Alex Doe as well',
  'go ahead and link adoe@old.example to alex.doe@contoso.com',
  'as an administrator I want to link adoe@old.example to Alex Doe',
  'please note that adoe@old.example belongs to Alex Doe',
  "save adoe@old.example as Alex Doe's",
  'adoe@old.example is used by Alex Doe',
  'Alex Doe can be reached at adoe@old.example',
  'recognise adoe@old.example as Alex Doe',
  'and also link a-doe+old@mail.contoso.co.uk to Alex Doe',
];

const unlinks = [
  'unlink adoe@old.example',
  'Unlink adoe@old.example please',
  'unlink adoe@old.example from Alex Doe',
  'unlink adoe@old.example from alex.doe@contoso.com, thanks',
  'could you unlink adoe@old.example?',
  "can you disconnect adoe@old.example from Alex Doe's account?",
  'disconnect adoe@old.example',
  'detach the address adoe@old.example from Alex Doe',
  'please detach adoe@old.example',
  'dissociate adoe@old.example from Alex Doe',
  'disassociate adoe@old.example',
  'untie adoe@old.example from Alex Doe',
  'unmap adoe@old.example',
  'decouple adoe@old.example from megan bowen',
  'separate adoe@old.example from Alex Doe',
  'remove the link of adoe@old.example',
  'remove the link between adoe@old.example and Alex Doe',
  'drop the link to adoe@old.example',
  'delete the link for adoe@old.example',
  'cut the connection between adoe@old.example and Alex Doe',
  'undo the link of adoe@old.example',
  'undo the linking of adoe@old.example',
  'cancel the link of adoe@old.example',
  'end the link of adoe@old.example please',
  'end the association between Alex Doe and adoe@old.example',
  'revoke the link for the address adoe@old.example',
  'break the link between Alex Doe and adoe@old.example',
  'sever the connection between adoe@old.example and Alex Doe',
  'dissolve the link of adoe@old.example',
  'take away the link of adoe@old.example',
  "remove adoe@old.example from Alex Doe's account",
  'remove adoe@old.example from the account of Alex Doe',
  "delete adoe@old.example from Alex Doe's profile",
  'take adoe@old.example away from Alex Doe',
  'take adoe@old.example from Alex Doe',
  'adoe@old.example no longer belongs to Alex Doe',
  'adoe@old.example does not belong to Alex Doe',
  "adoe@old.example doesn't belong to Alex Doe any more",
  'adoe@old.example doesn’t belong to alex.doe@contoso.com anymore',
  "the address adoe@old.example is no longer Alex Doe's",
  "adoe@old.example is no longer Alex Doe's address",
  "adoe@old.example is not Alex Doe's address any more",
  "adoe@old.example isn't Alex's anymore",
  'Alex Doe no longer has adoe@old.example',
  'alex doe no longer uses adoe@old.example',
  'Alex Doe no longer owns the mailbox adoe@old.example',
  "Alex Doe doesn't have adoe@old.example anymore",
  'Alex Doe does not use adoe@old.example any longer',
  'adoe@old.example should no longer be linked to Alex Doe',
  'adoe@old.example should not be linked to Alex Doe any more',
  'adoe@old.example must not be connected to Alex Doe',
  'adoe@old.example should no longer count for Alex Doe',
  'stop linking adoe@old.example to Alex Doe',
  'stop counting adoe@old.example for Alex Doe',
  'hi, unlink ADOE@old.example now',
  'I want to unlink adoe@old.example',
  'we need to disconnect adoe@old.example from Alex Doe today',
  'ok now unlink adoe@old.example from Alex Doe',
  'Steward, please untie adoe@old.example from megan.bowen@contoso.com',
  "I'd like to unlink the old address adoe@old.example.",
  'unpair adoe@old.example from Alex Doe',
  'unassign adoe@old.example',
  'clear the link of adoe@old.example',
  'hello bot, would you please remove any link of adoe@old.example?',
];

const questions = [
  'whose is adoe@old.example',
  'Whose is adoe@old.example?',
  'whose address is adoe@old.example',
  'whose e-mail is adoe@old.example?',
  'whose account is adoe@old.example',
  'whose mailbox is adoe@old.example now?',
  'tell me whose adoe@old.example is',
  'do you know whose address adoe@old.example is?',
  'can you tell me whose adoe@old.example is',
  'who does adoe@old.example belong to?',
  'who does the address adoe@old.example belong to',
  'who did adoe@old.example belong to',
  'who on earth does adoe@old.example belong to',
  'to whom does adoe@old.example belong?',
  'to whom does the address adoe@old.example belong',
  'to who does adoe@old.example belong',
  'who is adoe@old.example?',
  "who's adoe@old.example",
  'who is behind adoe@old.example?',
  "who's behind adoe@old.example",
  'who is adoe@old.example linked to',
  'who owns adoe@old.example?',
  'who has adoe@old.example',
  'who uses adoe@old.example?',
  'who holds the address adoe@old.example',
  'who is the owner of adoe@old.example',
  "who's the owner of adoe@old.example?",
  'who is the person behind adoe@old.example?',
  'adoe@old.example belongs to whom?',
  'adoe@old.example is whose?',
  'which account is adoe@old.example linked to?',
  'which account is adoe@old.example',
  'what account is adoe@old.example tied to',
  'which person is adoe@old.example',
  'what account does adoe@old.example belong to?',
  'which user does adoe@old.example belong to',
  'which account has adoe@old.example?',
  'which colleague uses adoe@old.example?',
  'which account is linked to adoe@old.example',
  'which user is behind adoe@old.example',
  'to which account is adoe@old.example linked?',
  'to which account does adoe@old.example belong',
  'what is adoe@old.example linked to',
  "what's adoe@old.example connected to?",
  'where does adoe@old.example belong',
  'is adoe@old.example linked to anybody?',
  'is adoe@old.example already linked',
  'is adoe@old.example taken already?',
  'is adoe@old.example registered?',
  'is the address adoe@old.example linked to an account',
  'does adoe@old.example belong to anybody?',
  'does adoe@old.example belong to somebody',
  'look up adoe@old.example',
  'look adoe@old.example up please',
  'lookup adoe@old.example',
  'show me the owner of adoe@old.example',
  'show the account behind adoe@old.example',
  'show the links of adoe@old.example',
  'find the owner of adoe@old.example',
  'get the account of adoe@old.example',
  'please check who has adoe@old.example',
  'find out who owns adoe@old.example',
  'find out whose adoe@old.example is',
  'Hi Steward, any idea whose adoe@old.example is?',
  'display the holder of adoe@old.example',
];

/** What only looks like one of them: negated, reported, of something else, or with more in it than one command. */
const others = [
  'do not link adoe@contoso.com to Alex Doe',
  "don't link adoe@contoso.com to Alex Doe",
  'never link adoe@contoso.com to Alex Doe',
  'Megan said link adoe@contoso.com to Alex Doe',
  'should I link adoe@contoso.com to Alex Doe?',
  'should we link adoe@contoso.com to Alex Doe',
  'if you link adoe@contoso.com to Alex Doe what happens',
  'what happens when I link adoe@contoso.com to Alex Doe?',
  'link adoe@contoso.com to Alex Doe tomorrow',
  'link adoe@contoso.com to Alex Doe and delete churn.csv',
  'link adoe@contoso.com to Alex Doe or Megan Bowen',
  'link adoe@contoso.com to Alex Doe unless he objects',
  'link adoe@contoso.com to Alex Doe only for Churn Lab',
  'link adoe@contoso.com, b@contoso.com to Alex Doe',
  'link adoe@contoso.com to my account',
  'link adoe@contoso.com to me',
  'link adoe@contoso.com to the workspace Churn Lab',
  'link adoe@contoso.com',
  'link my dataset to adoe@contoso.com',
  'link churn.csv to Alex Doe',
  'send the link to adoe@contoso.com',
  'send adoe@contoso.com the download link',
  'share dataset churn.csv with adoe@contoso.com',
  'invite adoe@contoso.com to Churn Lab',
  'add adoe@contoso.com to my workspace',
  'add adoe@contoso.com to the workspace Churn Lab',
  'add adoe@contoso.com as an owner of Churn Lab',
  'give adoe@contoso.com access to Churn Lab',
  'remove adoe@contoso.com from Churn Lab',
  'remove adoe@contoso.com from my workspace',
  'delete adoe@contoso.com',
  'delete the data of adoe@contoso.com',
  'erase adoe@contoso.com',
  'erase everything about adoe@contoso.com',
  'export the directory data of adoe@contoso.com',
  'export the data of adoe@contoso.com',
  'delete all datasets of adoe@contoso.com',
  'list the datasets of adoe@contoso.com',
  "list adoe@contoso.com's experiments",
  'which workspaces does adoe@contoso.com own?',
  'what may adoe@contoso.com do',
  'who is allowed to link adoe@contoso.com',
  'who linked adoe@contoso.com to Alex Doe?',
  'why is adoe@contoso.com linked to Alex Doe',
  'why does adoe@contoso.com belong to Alex Doe?',
  'when was adoe@contoso.com linked',
  "is adoe@contoso.com Alex Doe's address?",
  'does adoe@contoso.com belong to Alex Doe?',
  'adoe@contoso.com belongs to Alex Doe?',
  'adoe@contoso.com might belong to Alex Doe',
  'I think adoe@contoso.com belongs to Alex Doe',
  'adoe@contoso.com does not belong here',
  'do not unlink adoe@contoso.com',
  "please don't unlink adoe@contoso.com",
  'unlink everything',
  'unlink adoe@contoso.com later',
  'unlink adoe@contoso.com and b@contoso.com',
  'unlink adoe@contoso.com, then delete churn.csv',
  'why did you unlink adoe@contoso.com?',
  'can I unlink adoe@contoso.com?',
  'was adoe@contoso.com unlinked',
  'revoke the download link of adoe@contoso.com',
  'revoke the link of DSR-1042',
  'new link for adoe@contoso.com',
  'whose dataset is churn.csv',
  'whose is churn.csv',
  'who owns churn.csv?',
  'who owns Churn Lab',
  'who made adoe@contoso.com.csv',
  'whose datasets did adoe@contoso.com delete',
  'approve the request of adoe@contoso.com',
  'cancel the request of adoe@contoso.com',
  'adoe@contoso.com left the company',
  'adoe@contoso.com is on holiday',
  'adoe@contoso.com is sick today',
  'adoe@contoso.com asked me to link a@b.example to him',
  'mail adoe@contoso.com',
  'adoe@contoso.com',
  'thanks adoe@contoso.com',
  'adoe@contoso.com wants to export churn.csv',
];

describe('a command about the account of an address', () => {
  it.each(links)('links: %s', (text) => {
    const command = addressCommand(text);
    expect(command).toMatchObject({ kind: 'link', address: expect.stringContaining('@') });
    // The person is named with words of the text, and with nothing else.
    expect(command?.kind === 'link' ? text : '').toContain(command?.kind === 'link' ? command.person : '?');
    expect(understand(text, model)).toMatchObject({ intent: 'address.link', slots: {}, confidence: 1 });
  });

  it.each(unlinks)('ends a link: %s', (text) => {
    expect(addressCommand(text)).toMatchObject({ kind: 'unlink', address: expect.stringContaining('@') });
    expect(understand(text, model).intent).toBe('address.link');
  });

  it.each(questions)('asks: %s', (text) => {
    expect(addressCommand(text)).toEqual({ kind: 'whose', address: 'adoe@old.example' });
    expect(understand(text, model).intent).toBe('address.link');
  });

  it.each(others)('is not read from: %s', (text) => {
    expect(addressCommand(text)).toBeNull();
    expect(understand(text, model).intent).not.toBe('address.link');
  });

  it('says which address goes to whom', () => {
    expect(addressCommand("hi, could you link ADoe@Contoso.com to Alex Doe's account please?")).toEqual({
      kind: 'link',
      address: 'adoe@contoso.com',
      person: 'Alex Doe',
    });
    expect(addressCommand('link alex doe with adoe@old.example')).toEqual({
      kind: 'link',
      address: 'adoe@old.example',
      person: 'alex doe',
    });
    // Of two addresses the first one is linked to the account of the second.
    expect(addressCommand('link a@old.example to b@contoso.com')).toMatchObject({
      address: 'a@old.example',
      person: 'b@contoso.com',
    });
    expect(addressCommand('unlink a@old.example from Alex Doe')).toMatchObject({ person: 'Alex Doe' });
    expect(addressCommand('unlink a@old.example')).toMatchObject({ person: null });
  });

  it('has every word explained: with one more it is none', () => {
    const more = fc.constantFrom('not', 'never', 'if', 'and delete churn.csv', 'tomorrow', 'or Megan', '42', 'unless');
    fc.assert(
      fc.property(fc.constantFrom(...links, ...unlinks), more, fc.boolean(), (text, word, behind) => {
        expect(addressCommand(behind ? `${text.replace(/[.!?]+$/u, '')} ${word}` : `${word} ${text}`)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('is looked for in bounded time', () => {
    for (const part of ['link a@b.example to ', 'the ', 'a@b.example ', "'s ", 'please ', 'is also ']) {
      const before = performance.now();
      addressCommand(part.repeat(400 / part.length));
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});
