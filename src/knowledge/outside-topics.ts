/** A topic that people ask about and that no page covers. Its wordings are in `wordings/outside/`. */
export interface OutsideTopic {
  readonly id: string;
  /** Where such a question can be answered; part of the reply that there is no answer. */
  readonly where: string;
}

const studioOnly = 'I only know about getting data out of Studio (classic) or deleting it.';

/**
 * Topics that Studio Steward does not answer. They are trained like pages, so that a similar-sounding question is
 * declined.
 */
export const outsideTopics: readonly OutsideTopic[] = [
  {
    id: 'prices',
    where: `${studioOnly} The Azure portal shows prices and costs, and your subscription’s owner can say what is paid for.`,
  },
  {
    id: 'working-in-studio',
    where: `${studioOnly} Its own documentation explains how to work in it.`,
  },
  {
    id: 'new-azure-machine-learning',
    where:
      'I only know Studio (classic). The documentation of Azure Machine Learning answers questions about the newer product.',
  },
  {
    id: 'other-products',
    where: 'I only know Studio (classic). Please ask the helpdesk of that product.',
  },
  {
    id: 'it-support',
    where: 'Please ask your IT helpdesk.',
  },
  {
    id: 'law',
    where: 'That is a legal question; please ask your data protection officer or legal department.',
  },
  {
    id: 'staff',
    where: 'Please ask your HR department or your manager.',
  },
  {
    id: 'everything-else',
    where: studioOnly,
  },
  {
    id: 'small-talk',
    where: 'I only know about exporting and deleting data in Studio (classic).',
  },
];
