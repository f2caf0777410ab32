import { TestAssistant, type TestCustomer } from '../assistant';
import { FakeAgent } from './fakeAgent';

/** Monday, 23 November 2026, 10:00 in Seoul: people are at the desk. */
export const monday = Date.parse('2026-11-23T10:00:00+09:00');
/** The day before: nobody is. */
export const sunday = Date.parse('2026-11-22T17:20:00+09:00');
export const minuteMs = 60_000;
export const ask = '상담원 연결해줘';

export interface HandoffScene {
  readonly test: TestAssistant;
  readonly agent: FakeAgent;
  readonly customer: TestCustomer;
}

/** An assistant, somebody at a desk, and a customer who has said nothing yet. @param nowMs the clock's start */
export function handoffScene(nowMs = monday): HandoffScene {
  const test = new TestAssistant({ nowMs });
  return { test, agent: new FakeAgent(test), customer: test.customer() };
}
