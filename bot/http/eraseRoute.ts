import type * as restify from 'restify';
import { answerFor, ok, refusal, writeAnswer } from '../../channels/directLine/answer';
import { type DirectLineDeps, directLineChannelId } from '../../channels/directLine/directLineDeps';
import { DirectLineGate } from '../../channels/directLine/directLineGate';
import { DirectLineTokens } from '../../channels/directLine/directLineTokens';
import { OriginPolicy } from '../../channels/directLine/originPolicy';
import type { TurnStore } from '../../services/turn/turnStore';
import { eraseConversation } from '../conversationErasure';

type EraseDeps = Pick<
  DirectLineDeps,
  'secret' | 'signingKey' | 'clock' | 'publicUrl' | 'allowedOrigins' | 'reportError'
> & {
  readonly store: DirectLineDeps['store'] &
    Pick<TurnStore, 'readRecord' | 'listRecords' | 'eraseConversation'>;
};

/**
 * `POST /v3/directline/conversations/{id}/erase` with the conversation's own token → `{}`: the customer ends the
 * conversation, and nothing of it is kept. Again: 200 as well. Another conversation's token: 403, whether the one
 * that is asked for exists or not.
 */
export function registerErase(server: Pick<restify.Server, 'post'>, deps: EraseDeps): void {
  const { store } = deps;
  const origins = new OriginPolicy(deps.publicUrl, deps.allowedOrigins);
  const gate = new DirectLineGate(
    deps.secret,
    new DirectLineTokens(deps.signingKey, deps.clock),
    origins,
    store,
  );
  server.post(
    '/v3/directline/conversations/:conversationId/erase',
    async (req: restify.Request, res: restify.Response) => {
      const conversationId = String(Object(req.params).conversationId ?? '');
      try {
        const entry = await gate.admit(req);
        if (entry.status === 'refused') return writeAnswer(res, entry.answer);
        const { claims } = entry;
        if (claims.conv !== conversationId)
          return writeAnswer(
            res,
            refusal(403, 'ForeignConversation', 'the token belongs to another conversation'),
          );
        await eraseConversation(store, {
          channelId: directLineChannelId,
          conversationId,
          userId: claims.user,
        });
        writeAnswer(res, ok({}));
      } catch (error) {
        const answer = answerFor(error);
        if (answer.status >= 500) deps.reportError?.(error, conversationId);
        writeAnswer(res, answer);
      }
    },
  );
}
