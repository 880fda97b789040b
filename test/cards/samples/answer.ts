import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  kind: 'answer',
  title: 'How long do the download link and the archive live, and how do I get a new link?',
  passages: [
    {
      form: 'paragraph',
      text:
        'A download link works for 24 hours from the moment the export is finished. Its card shows the exact time in ' +
        'your own time zone. Until then you can use the link as often as you like.',
      for: [],
    },
    {
      form: 'paragraph',
      text:
        'The archive itself stays in storage for 7 days after the export; then I remove it by myself. Until then write ' +
        '"new link", with the id of the request if you have several, and a fresh link goes to your personal chat with ' +
        'me. Only the person who asked for the export can renew its link. Later, only a new export helps. A stopped or ' +
        'failed export leaves no archive behind.',
      for: [],
    },
    {
      form: 'paragraph',
      text:
        'The link opens one file, for reading only. Whoever has it can open the file without signing in, so treat it ' +
        'like the data itself: do not forward it and do not post it in a channel.',
      for: [],
    },
  ],
  sources: ["Studio Steward's own behaviour"],
  reviewed: '2026-11-24',
  next: 'new link',
  related: [
    'Who can see my request and its files?',
    'How do I open and check an archive?',
    'Where does my data go when I export it?',
  ],
} satisfies CardData<'answer'>;

export const answer = {
  usual,
  'every-account-type': {
    ...usual,
    title: 'How is a whole workspace deleted, and what does deletion mean for each account type?',
    passages: [
      { form: 'paragraph', text: 'Deleting a workspace cannot be undone, so export first.', for: [] },
      {
        form: 'paragraph',
        text: 'Nothing is deleted on request. All data is purged by itself when the workspace expires.',
        for: ['guest'],
      },
      {
        form: 'paragraph',
        text:
          'Single assets can be deleted one by one. To delete the whole workspace, its owner opens it in Studio, goes to ' +
          'the Settings page and presses the delete button there. All customer data and the personal data kept with it ' +
          'go too; telemetry is not part of the workspace.',
        for: ['free'],
      },
      {
        form: 'paragraph',
        text:
          'Single assets can be deleted one by one. To delete the whole workspace, somebody with the right to delete in ' +
          'the Azure subscription opens it in the Azure portal and presses Delete, or deletes the resource through Azure ' +
          'Resource Manager. The storage account, new web services and the commitment plan are resources of their own ' +
          'and stay.',
        for: ['standard'],
      },
    ],
    sources: [
      'Studio (classic) documentation, export and deletion of personal data',
      'Studio (classic) documentation, managing a workspace',
      "Studio Steward's own behaviour",
    ],
    next: 'export my workspace',
    related: [
      'What remains after a workspace is deleted?',
      'How do I delete single assets?',
      'Can a deletion be undone?',
    ],
  },
  list: {
    ...usual,
    title: 'What is stored about me, by Studio and by you?',
    passages: [
      {
        form: 'paragraph',
        text:
          "Studio keeps your account in the list of each workspace's members: an account id, your e-mail address, your " +
          'name and your role. Your name can also stand in assets, as the author of an experiment or in a comment. Apart ' +
          'from that Microsoft collects telemetry, which I cannot reach.',
        for: [],
      },
      { form: 'paragraph', text: 'I, Studio Steward, keep in my own database:', for: [] },
      {
        form: 'item',
        text: 'your name, e-mail address and Teams ids, so that I can recognise and reach you;',
        for: [],
      },
      {
        form: 'item',
        text: 'your requests: what you asked for, the names of the assets concerned, every step with its time, and the result;',
        for: [],
      },
      { form: 'item', text: 'an audit row for each decision, deletion and renewed link: who, what and when.', for: [] },
      {
        form: 'paragraph',
        text:
          'I do not keep other messages, download links, passwords or tokens, nor the contents of your files. Requests ' +
          'and audit rows stay as evidence; your Studio Steward administrator decides how long.',
        for: [],
      },
    ],
    sources: ['Studio (classic) documentation, export and deletion of personal data', "Studio Steward's own behaviour"],
    next: 'export my personal data',
    related: [
      'What is the difference between customer data and personal data?',
      'Where do I find my telemetry?',
      'Who can see my request and its files?',
    ],
  },
  'unknown-with-advice': {
    kind: 'unknown',
    where:
      'I only know about getting data out of Studio (classic) or deleting it. The Azure portal shows prices and ' +
      'costs, and your subscription’s owner can say what is paid for.',
    closest: [],
  },
  'unknown-with-suggestions': {
    kind: 'unknown',
    where: null,
    closest: [
      'What does an export contain, and what is left out?',
      "How is a person's data erased or handed over?",
      'How do I open and check an archive?',
    ],
  },
} satisfies Samples<'answer'>;
