import * as z from 'zod/mini'
import { type Answer, ask, postForm } from '../../../lib/ask'
import type { ReadingRow } from '../../reading/reading-rows'

export type NotesRow = Pick<ReadingRow, 'key' | 'text'>
export type NotesText = { protocolId: string; rows: readonly NotesRow[] }

const Keyed = z.object({
  key: z.string(),
  text: z.object({ en: z.array(z.any()), ru: z.array(z.any()) }),
})
// our own server's word for what a piece of text is
const Row = z.custom<NotesRow>((row) => Keyed.safeParse(row).success)
const Text = z.object({ protocolId: z.string(), rows: z.array(Row) })
const Begun = z.object({ protocolId: z.string() })

/** The text of the shared notes, or of a group's. */
export function getNotes(workshopId: string, group: string | null): Promise<Answer<NotesText>> {
  return ask(`/workshops/${workshopId}/notes${group ? `?group=${group}` : ''}`, Text.parse)
}

/** Begin the shared notes; begun already, they are found. */
export function beginNotes(workshopId: string): Promise<Answer<{ protocolId: string }>> {
  return postForm(`/workshops/${workshopId}/notes`, { part: 'notes' }, Begun.parse)
}
