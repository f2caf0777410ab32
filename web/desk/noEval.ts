import { z } from 'zod';

// The desk's content policy forbids code made of text, which zod otherwise tries once for speed.
z.config({ jitless: true });
