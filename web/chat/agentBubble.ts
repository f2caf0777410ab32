import type ReactWebChat from 'botframework-webchat';
import { type ComponentProps, createElement } from 'react';
import { agentOf } from './shownActivity';

type OneOrMany = NonNullable<ComponentProps<typeof ReactWebChat>['activityMiddleware']>;
type Middleware = Exclude<OneOrMany, readonly unknown[]>;

/**
 * Web Chat's activity middleware: what a person at the desk said carries their name and looks different from what the
 * assistant said.
 * @param named the name as customers read it
 */
export function agentBubble(named: (agent: string) => string): Middleware {
  return () =>
    (next) =>
    (...options) => {
      const render = next(...options);
      const agent = agentOf(options[0].activity);
      if (render === false || agent === undefined) return render;
      return (...args) => {
        const drawn = render(...args);
        if (!drawn) return drawn;
        const name = createElement('div', { className: 'agent-name' }, named(agent));
        return createElement('div', { className: 'by-agent' }, name, drawn);
      };
    };
}
