/** Carries a one-time code to the customer's handset. A real one is an SMS gateway. */
export interface ChallengeSender {
  /**
   * @param message.phoneNumber digits only
   * @param message.key the same on every attempt to deliver this message: the receiver's guard against doubles
   */
  send(message: { phoneNumber: string; text: string; key: string }): Promise<void>;
}
