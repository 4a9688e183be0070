import { z } from 'zod'
import { AUDIT_GROUP_NAMES } from '../audit'
import { Id } from '../ids'

const day = z.iso.date().refine((date) => date >= '2000-01-01' && date < '2100-01-01')
/** A field left empty narrows nothing. */
const unless = <T extends z.ZodType>(schema: T) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(schema)
    .optional()

/** What of the record is asked for, as a form's address says it. */
export const RecordQuery = z.object({
  group: unless(z.enum(AUDIT_GROUP_NAMES)),
  by: unless(Id),
  /** Days in the reader's zone, both included. */
  from: unless(day),
  to: unless(day),
  cursor: unless(
    z
      .string()
      .max(200)
      .regex(/^[\w-]+$/),
  ),
})
export type RecordQuery = z.infer<typeof RecordQuery>
