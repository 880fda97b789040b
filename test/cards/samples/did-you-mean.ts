import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  offers: [
    {
      words: 'Delete dataset “churn.csv” in “Churn Lab”',
      reading:
        '{"intent":"delete.assets","slots":{"assets":[{"kind":"dataset","name":"churn.csv"}],"workspace":"Churn Lab"}}',
    },
    {
      words: 'List datasets in “Churn Lab”',
      reading: '{"intent":"list.assets","slots":{"kind":"dataset","workspace":"Churn Lab"}}',
    },
    { words: 'Show my requests', reading: '{"intent":"request.list","slots":{"scope":"mine"}}' },
  ],
  none: '{"intent":"none","slots":{}}',
} satisfies CardData<'did-you-mean'>;

export const didYouMean = {
  usual,
  chosen: { ...usual, offers: [], chosen: 'Delete dataset “churn.csv” in “Churn Lab”' },
  long: {
    ...usual,
    offers: [
      {
        words:
          'Delete datasets “churn 2017.csv”, “churn 2018.csv”, “churn 2019.csv” and “transactions of the first ' +
          'quarter.csv” in “Fraud Detection”',
        reading:
          '{"intent":"delete.assets","slots":{"assets":[{"kind":"dataset","name":"churn 2017.csv"}],"workspace":"Fraud Detection"}}',
      },
    ],
  },
} satisfies Samples<'did-you-mean'>;
