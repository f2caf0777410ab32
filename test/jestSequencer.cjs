const { relative, sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** Files that take more than half a minute, the longest first; what a longest file waits for, the whole run waits for. */
const longest = [
  'server/fuzz',
  'store/kill',
  'web/deskConversation',
  'web/chatDetails',
  'server/serverKill',
  'server/deskKill',
  'threats/noLeak.property',
  'web/deskAccessibility',
  'web/demoPage',
  'web/injection',
  'web/hostPages',
  'web/widget',
  'web/deskLine',
].map((name) => ['test', ...name.split('/')].join(sep));

/** Begins with the longest files: in a fresh clone Jest knows no times yet, and would go by the length of their text. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path, context }) => {
      const at = longest.findIndex((name) =>
        relative(context.config.rootDir, path).startsWith(`${name}.test.`),
      );
      return at < 0 ? longest.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
