import type * as restify from 'restify';
import { z } from 'zod';
import { faqCard } from '../../cards/faqCard';
import { humanAgentCard } from '../../cards/humanAgentCard';
import { welcomeReply } from '../../cards/mannersReplies';
import { adaptiveCard } from '../../cards/render/adaptive';
import { kakaoResponse } from '../../cards/render/kakao';
import { plainText } from '../../cards/render/plainText';
import type { Reply } from '../../cards/reply';
import { unpaidBalanceCard } from '../../cards/unpaidBalanceCard';
import type { BillingStatement } from '../../services/billing/billingGateway';
import { krw } from '../../services/billing/krw';
import { addDays, monthBefore, seoulDayAt } from '../../services/billing/seoulCalendar';
import type { Clock } from '../../services/clock';
import { channelsForNow } from '../../services/faq/channelAdvice';
import type { Knowledge } from '../../services/faq/knowledge';
import { isLoopbackHost } from '../../services/loopback';
import { type Locale, stringsFor } from '../../strings';
import { sendError, sendJson } from '../http/answers';
import { hostName } from '../http/requestTarget';

export const renderedReplies = [
  'unpaid_balance',
  'check_methods',
  'late_fee',
  'human_agent',
  'welcome',
] as const;
export type RenderedReply = (typeof renderedReplies)[number];

const query = z.object({
  reply: z.enum(renderedReplies).default('unpaid_balance'),
  lang: z.enum(['ko', 'en']).default('ko'),
});

export interface RenderingsDeps {
  readonly faq: Pick<Knowledge, 'article' | 'channel' | 'channels'>;
  readonly clock: Clock;
}

/**
 * `GET /demo/renderings?reply=&lang=` → `{card, text, kakao}`: one reply as an Adaptive Card, as plain text and as
 * KakaoTalk's skill response. Only composed with the demo providers on a loopback host; the bill in it is made up.
 */
export function registerRenderings(server: Pick<restify.Server, 'get'>, deps: RenderingsDeps): void {
  server.get('/demo/renderings', async (req: restify.Request, res: restify.Response) => {
    if (!isLoopbackHost(hostName(req.headers.host))) return sendError(res, 403);
    const given = query.safeParse(
      Object.fromEntries(new URLSearchParams((req.url ?? '').split('?')[1] ?? '')),
    );
    if (!given.success) return sendError(res, 400);
    const reply = exampleOf(given.data.reply, given.data.lang, deps);
    const renderings = { card: adaptiveCard(reply), text: plainText(reply), kakao: kakaoResponse([reply]) };
    sendJson(res, 200, renderings);
  });
}

function exampleOf(name: RenderedReply, locale: Locale, { faq, clock }: RenderingsDeps): Reply {
  const s = stringsFor(locale);
  const nowMs = clock.now();
  const channels = channelsForNow(faq.channels(), nowMs, () => false);
  switch (name) {
    case 'unpaid_balance':
      return unpaidBalanceCard(exampleStatement(nowMs), channels, s, locale);
    case 'human_agent':
      return humanAgentCard(
        channels.find(({ channel }) => channel.id === 'phone'),
        s,
        locale,
        nowMs,
      );
    case 'welcome':
      return welcomeReply(s, locale);
    default: {
      const article = faq.article(name);
      return faqCard(
        article,
        article.channels.map((id) => faq.channel(id)),
        s,
        locale,
      );
    }
  }
}

/** Two bills as the first demo customer has them. @param asOfMs epoch ms */
function exampleStatement(asOfMs: number): BillingStatement {
  const day = (days: number) => addDays(seoulDayAt(asOfMs), days);
  const bill = (billNo: string, won: number, dueInDays: number) => ({
    billNo,
    service: 'mobile' as const,
    billingMonth: monthBefore(day(dueInDays)),
    paymentDueDate: day(dueInDays),
    amountDue: krw(won),
    remainingAmount: krw(won),
    overdue: dueInDays < 0,
    paymentInProgress: krw(0),
  });
  return {
    unpaidBills: [bill('example-1', 35_000, -28), bill('example-2', 42_300, 3)],
    totalUnpaid: krw(77_300),
    totalInProgress: krw(0),
    asOfMs,
    maskedLine: '010-****-1001',
    lineStatus: 'active',
  };
}
