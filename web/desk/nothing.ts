import { z } from 'zod';

/** The answer to an act that has nothing to say but that it was done. */
export const nothing = z.unknown().optional();
