import type ReactWebChat from 'botframework-webchat';
import { type ComponentProps, createElement } from 'react';
import { languageOf } from './shownActivity';

type OneOrMany = NonNullable<ComponentProps<typeof ReactWebChat>['activityMiddleware']>;
type Middleware = Exclude<OneOrMany, readonly unknown[]>;

/**
 * Web Chat's activity middleware: each message says in which language it is, so that a screen reader reads it with
 * the right voice, also after the language of the page was changed in the middle (WCAG 2.2 SC 3.1.2).
 */
export const writtenLanguage: Middleware =
  () =>
  (next) =>
  (...options) => {
    const render = next(...options);
    const lang = languageOf(options[0].activity);
    if (render === false || lang === undefined) return render;
    return (...args) => {
      const drawn = render(...args);
      return drawn ? createElement('div', { lang }, drawn) : drawn;
    };
  };
