import { ReminderSay } from '../dialogs/reminderSay';
import { ReminderWayDialog } from '../dialogs/reminderWayDialog';
import { ReminderWays } from '../dialogs/reminderWays';
import { StepUpDialog } from '../dialogs/stepUpDialog';
import type { DueStatusGateway } from '../services/billing/dueStatus';
import type { Clock } from '../services/clock';
import { DeliveryRefusedError } from '../services/errors';
import { identityPolicy } from '../services/identity/identityPolicy';
import type { IdentityService } from '../services/identity/identityService';
import type { LineDirectory } from '../services/identity/lineDirectory';
import type { StandingGrants } from '../services/identity/standingGrant';
import { UsableLines } from '../services/identity/usableLines';
import type { OutboxSink } from '../services/outbox/outboxWorker';
import { type ChainOutcome, DeliveryChain } from '../services/reminders/deliveryChain';
import { IcsLinks } from '../services/reminders/icsLinks';
import type { MessageSender } from '../services/reminders/messageSender';
import { SmsCarrier } from '../services/reminders/smsCarrier';
import type { JsonValue, TurnStore } from '../services/turn/turnStore';
import { KakaoReminders, type KakaoRemindersOptions } from './kakao/kakaoReminders';
import { ChatCarrier } from './reminders/chatCarrier';
import { createMessageSink } from './reminders/messageSink';
import type { SystemEvents } from './systemEvents';

/** What the world outside lends to reminders. */
export interface ReminderOutlets {
  /** Posts to a Connector channel (`createConnectorPost`). Absent: the next way is taken. */
  readonly post?: (reference: JsonValue, activity: object) => Promise<void>;
  /** Absent: the bot does not speak first in KakaoTalk. */
  readonly kakaoEvents?: KakaoRemindersOptions['events'] | undefined;
  /** For links, which a demo that jumps a month must not end. Default: the business's clock. */
  readonly realClock?: Clock;
}

export interface ReminderDeliveryParts {
  readonly outlets: ReminderOutlets;
  readonly store: TurnStore;
  readonly clock: Clock;
  readonly identity: IdentityService;
  readonly lines: LineDirectory;
  readonly grants: StandingGrants;
  readonly dues: DueStatusGateway;
  readonly sender: MessageSender;
  /** 32 secret bytes; calendar links have a key of their own that is derived from them. */
  readonly secret: Buffer;
  readonly publicUrl: () => string;
  /** Composed later than this. */
  readonly events: () => Pick<SystemEvents, 'submit'>;
  readonly onOutcome: (outcome: ChainOutcome) => void;
}

/** How reminders leave the house, and how customers choose that. */
export interface ReminderDelivery {
  /** For outbox entries of kind 'reminderMessage'. */
  readonly sink: OutboxSink;
  readonly say: ReminderSay;
  readonly ways: ReminderWays;
  readonly wayDialog: ReminderWayDialog;
  readonly links: IcsLinks;
  /** Absent where the bot does not speak first in KakaoTalk. */
  readonly kakao?: KakaoReminders;
}

export function composeReminderDelivery(parts: ReminderDeliveryParts): ReminderDelivery {
  const { outlets, store, clock, lines, grants, dues, sender, secret, publicUrl, identity } = parts;
  const { post = nowhere, kakaoEvents: events, realClock = clock } = outlets;
  const kakao = events === undefined ? undefined : new KakaoReminders({ store, events, clock: realClock });
  const usable = new UsableLines(lines, clock, identityPolicy.simChangeQuarantineMs);
  const chain = new DeliveryChain({
    store,
    clock,
    dues,
    grants,
    carriers: {
      chat: new ChatCarrier({
        store,
        post,
        events: { submit: (...event) => parts.events().submit(...event) },
      }),
      sms: new SmsCarrier({ store, grants, lines, usable, sender, clock }),
      ...(kakao === undefined ? {} : { kakao }),
    },
  });
  const links = new IcsLinks(secret, realClock, publicUrl);
  return {
    sink: createMessageSink({ chain, clock, onOutcome: parts.onOutcome }),
    say: new ReminderSay(),
    ways: new ReminderWays({ links }),
    wayDialog: new ReminderWayDialog(grants, new StepUpDialog(identity)),
    links,
    ...(kakao === undefined ? {} : { kakao }),
  };
}

function nowhere(): Promise<void> {
  return Promise.reject(new DeliveryRefusedError('no connector is set up'));
}
