interface Node {
  readonly next: Map<number, Node>;
  /** What a term ending here stands for; empty where none ends. */
  readonly values: number[];
}

export interface TermMatch {
  /** Index after the match. */
  readonly end: number;
  readonly values: readonly number[];
}

/** Finds the longest known term at a position in one walk, however many terms there are. */
export class TermTrie {
  private readonly root: Node = { next: new Map(), values: [] };

  add(term: string, value: number): void {
    let node = this.root;
    for (let at = 0; at < term.length; at += 1) {
      const code = term.charCodeAt(at);
      let child = node.next.get(code);
      if (child === undefined) {
        child = { next: new Map(), values: [] };
        node.next.set(code, child);
      }
      node = child;
    }
    if (!node.values.includes(value)) node.values.push(value);
  }

  /** The longest term that starts at `at` and that `accept` takes (it is asked with the end index). */
  longestAt(text: string, at: number, accept: (end: number) => boolean): TermMatch | undefined {
    let node = this.root;
    let longest: TermMatch | undefined;
    for (let end = at; end < text.length; ) {
      const child = node.next.get(text.charCodeAt(end));
      if (child === undefined) break;
      node = child;
      end += 1;
      if (node.values.length > 0 && accept(end)) longest = { end, values: node.values };
    }
    return longest;
  }
}
