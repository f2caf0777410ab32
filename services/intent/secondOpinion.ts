import type { Language, Topic } from './intent';

/** Somebody else who may know what a message means that the recogniser is not sure of. */
export interface SecondOpinion {
  /**
   * One topic of the closed list, or undefined; never throws; answers within 1.5 s.
   * @param redactedText `redact(…)` of the message; `detectPersonal` finds nothing in it
   */
  topicOf(redactedText: string, language: Language): Promise<Topic | undefined>;
}
