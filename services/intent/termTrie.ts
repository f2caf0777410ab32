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
  /** By first code unit, for most positions of a text start no term. */
  private readonly roots: (Node | undefined)[] = [];

  add(term: string, value: number): void {
    const first = term.charCodeAt(0);
    let node = this.roots[first] ?? emptyNode();
    this.roots[first] = node;
    for (let at = 1; at < term.length; at += 1) {
      const code = term.charCodeAt(at);
      const child: Node = node.next.get(code) ?? emptyNode();
      node.next.set(code, child);
      node = child;
    }
    if (!node.values.includes(value)) node.values.push(value);
  }

  /** The longest term that starts at `at` and that `accept` takes (it is asked with the end index). */
  longestAt(codes: Uint16Array, at: number, accept: (end: number) => boolean): TermMatch | undefined {
    let node = this.roots[codes[at] as number];
    let longest: TermMatch | undefined;
    for (let end = at + 1; node !== undefined; end += 1) {
      if (node.values.length > 0 && accept(end)) longest = { end, values: node.values };
      node = end < codes.length ? node.next.get(codes[end] as number) : undefined;
    }
    return longest;
  }
}

function emptyNode(): Node {
  return { next: new Map(), values: [] };
}
