import { z } from 'zod'
import { SEEN_MAX } from '../seen-words'

/** What a form was opened with (`seenOf`). */
export const Seen = z.string().max(SEEN_MAX).optional()
