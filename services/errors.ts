/**
 * Every failure the product names. `code` is stable (logs, metrics and sentences hang on it);
 * neither `code` nor `message` ever holds personal data.
 */
export abstract class AppError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The request is malformed. `message` names the field and is safe to send back. HTTP 400. */
export class BadRequestError extends AppError {
  readonly code = 'BadArgument';
}

/** The conversation has been erased: nothing can be said in it any more. HTTP 400, on Direct Line 404. */
export class ConversationErasedError extends BadRequestError {}

/** The store did not take a write or answer a read; nothing was acknowledged. HTTP 503. */
export class StoreUnavailableError extends AppError {
  readonly code = 'StoreUnavailable';
}

/** One conversation has more unfinished turns than the limit. HTTP 503. */
export class QueueFullError extends AppError {
  readonly code = 'QueueFull';
}

/** The billing system did not answer in time, or not in its published shape. */
export class BillingUnavailableError extends AppError {
  readonly code = 'BillingUnavailable';
  /** Records of another owner that came in place of the customer's. */
  readonly wrongOwnerDropped: number;

  constructor(message: string, options: { cause?: unknown; wrongOwnerDropped?: number } = {}) {
    super(message, options);
    this.wrongOwnerDropped = options.wrongOwnerDropped ?? 0;
  }
}

/** The line system did not answer in time, or not in its published shape. */
export class LineSystemUnavailableError extends AppError {
  readonly code = 'LineSystemUnavailable';
}

/** The identity agency did not answer in time, refused us, or not in its published shape. */
export class IdentityAgencyUnavailableError extends AppError {
  readonly code = 'IdentityAgencyUnavailable';
}

/** The channel cannot do what a dialog asked of it, such as editing a sent message. */
export class UnsupportedByChannelError extends AppError {
  readonly code = 'UnsupportedByChannel';
}

/** The receiver of an outbox entry will never take it: trying again is useless. */
export class DeliveryRefusedError extends AppError {
  readonly code = 'DeliveryRefused';
}

/** The receiver of an outbox entry cannot take it now. */
export class DeliveryUnavailableError extends AppError {
  readonly code = 'DeliveryUnavailable';

  /** @param retryAfterMs how long the receiver wants to be left alone */
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** Nothing failed: the entry is to be handed over again later, which is not counted as an attempt. */
export class DeliveryPostponedError extends AppError {
  readonly code = 'DeliveryPostponed';

  /** @param laterMs how much later, ms */
  constructor(
    message: string,
    readonly laterMs: number,
  ) {
    super(message);
  }
}

/** A data file, setting or argument is wrong. `message` names it; the process stops with exit code 1. */
export class ConfigurationError extends AppError {
  readonly code = 'Configuration';
}

export type Acr = 'acr0' | 'acr1' | 'acr2';

/**
 * A personal read came without a high enough or fresh enough level (the idea of RFC 9470).
 * Thrown by the data layer; a dialog can only satisfy it.
 */
export class StepUpRequired extends AppError {
  readonly code = 'StepUpRequired';

  constructor(
    readonly acr: Acr,
    readonly maxAgeMs: number,
    readonly reason: 'missing' | 'tooLow' | 'tooOld' | 'idle' | 'wrongBinding',
  ) {
    super(`step-up to ${acr} required: ${reason}`);
  }
}

/** The stable code of a failure, for logs and metrics; 'Unexpected' for one that has no name. */
export function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'Unexpected';
}
