/** A piece of a text, in UTF-16 units: `start` included, `end` not. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}
