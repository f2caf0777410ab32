import type { DialogContext } from 'botbuilder-dialogs';
import { StepUpDialog } from './stepUpDialog';

/** The step-up dialog's saved instance when it waits for an answer, however deep in the stack. */
export function waitingStepUp(dc: DialogContext): DialogContext['activeDialog'] {
  for (let context: DialogContext | undefined = dc; context !== undefined; context = context.child) {
    if (context.activeDialog?.id === StepUpDialog.id) return context.activeDialog;
  }
  return undefined;
}
