import { DialogContextError } from 'botbuilder-dialogs';

/** What really went wrong: the SDK wraps every error that leaves a dialog, and so hides its class and code. */
export function dialogFailure(error: unknown): unknown {
  return error instanceof DialogContextError && error.error instanceof Error ? error.error : error;
}
