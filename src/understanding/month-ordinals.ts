/** Words for the place of a day in its month. */
export const ordinals = new Map([
  ...['first', 'second', 'third', 'fourth', 'fifth'].map((word, index) => [word, index + 1] as const),
  ['last', -1] as const,
]);
