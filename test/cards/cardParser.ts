import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** What the parser in Web Chat says against a card; it throws a card with any such event away. */
export interface ParseEvent {
  readonly event: number;
  readonly message: string;
}

interface Parser {
  AdaptiveCard: new () => {
    parse(json: object, context: object): void;
    validateProperties(): { validationEvents: ParseEvent[] };
  };
  SerializationContext: new () => { eventCount: number; getEventAt(index: number): ParseEvent };
}

/**
 * Parses a card with `adaptivecards` 3.0.6, the parser inside Web Chat 4.18. Its browser bundle is loaded,
 * because the package's entry for Node does not resolve.
 */
export function parseEvents(card: object): ParseEvent[] {
  const { AdaptiveCard, SerializationContext } = loadParser();
  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...events, ...parsed.validateProperties().validationEvents];
}

let parser: Parser | undefined;

function loadParser(): Parser {
  if (parser === undefined) {
    const file = require.resolve('adaptivecards/dist/adaptivecards.js');
    const module = { exports: {} };
    const wrapper = vm.runInThisContext(
      `(function (module, exports, window, self, document) {${readFileSync(file, 'utf8')}\n})`,
    );
    wrapper(module, module.exports, {}, {}, undefined);
    parser = module.exports as Parser;
  }
  return parser;
}
