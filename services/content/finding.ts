/** One thing in the edited content that an editor should look at. */
export interface Finding {
  /** An 'error' must be mended before the content goes out; a 'warning' may have a reason. */
  readonly severity: 'error' | 'warning';
  /** Which check found it. */
  readonly check:
    | 'shape'
    | 'claims'
    | 'duplicates'
    | 'lookalikes'
    | 'concepts'
    | 'links'
    | 'length'
    | 'translations'
    | 'styles';
  /** Name of the file, such as `faq.json`. */
  readonly file: string;
  /** Where in the file, such as `articles[3].answers.ko.sentences[1]`; '' for the whole file. */
  readonly place: string;
  /** One sentence that says what is wrong. */
  readonly problem: string;
  /** The text it is about, letter for letter, to find its line by. */
  readonly text?: string | undefined;
}
