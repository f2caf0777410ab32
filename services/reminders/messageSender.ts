/**
 * Carries a text message that a customer asked for to their handset. The same gateways carry one-time codes
 * (`services/identity/challengeSender.ts`), under rules of their own.
 */
export interface MessageSender {
  /**
   * @param message.phoneNumber digits only
   * @param message.key the same on every attempt to deliver this message: the receiver's guard against doubles
   * @throws DeliveryRefusedError when this message will never be taken
   * @throws DeliveryUnavailableError when it may be taken later
   */
  send(message: { phoneNumber: string; text: string; key: string }): Promise<void>;
}
