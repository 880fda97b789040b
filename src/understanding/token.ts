/** One word or mark of a message, and where it stands in the text. */
export interface Token {
  readonly text: string;
  /** Lower case, typographic apostrophes as plain ones. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** No white space stands in front of it. */
  readonly glued: boolean;
  /** Its quotation, counted from 1; 0 outside quotations. The marks themselves are outside. */
  readonly quotation: number;
  readonly type: 'word' | 'mark' | 'address' | 'break';
}
