import { Types } from 'mongoose'
import { Protocol } from '../../models/protocol'
import type { WorkshopRow } from '../../models/workshop'
import { encodeFirstContent } from '../../shared/editor/first-content'
import type { LiveDocuments } from '../ports'
import { documentId, titleOf } from '../services/workshop-documents'
import type { Cast } from './cast'
import { NOTES } from './content/workshops/notes'
import { demoUuid } from './ids'
import { countsOf, seedMarks, seedText } from './protocol-rows'
import { writeText } from './protocol-text'
import { later } from './workshop-times'

/** Insert the shared notes of a workshop that has any, as the live document that its room opens. */
export async function seedNotes(
  live: Pick<LiveDocuments, 'seed'>,
  cast: Cast,
  workshop: string,
  { _id: workshopId, partnership, title, startsAt, createdBy }: WorkshopRow,
): Promise<void> {
  const notes = NOTES[workshop]
  if (!notes) return
  const protocol = new Types.ObjectId(documentId(workshopId, 'notes'))
  if (await Protocol.exists({ _id: protocol })) return
  const text = writeText(notes, {
    translatedBy: String(cast.id(notes.translatedBy)),
    reviewedBy: String(cast.id(notes.reviewedBy)),
    at: later(startsAt, notes.markedAfter),
  })
  const update = encodeFirstContent(text.bodies, text.ledger)
  // the text first: nobody must find notes without their document
  await seedText(live, { partnership: String(partnership), room: String(protocol) }, update)
  await seedMarks({ partnership, protocol }, text.ledger)
  await Protocol.updateOne(
    { _id: protocol },
    {
      $setOnInsert: {
        partnership,
        workshop: workshopId,
        part: 'notes',
        title: titleOf(title, 'notes'),
        status: 'draft',
        createdBy,
        clientKey: demoUuid(`notes ${workshop}`),
        createdAt: startsAt,
        counts: countsOf(update),
        editedAt: later(startsAt, notes.editedAfter),
        editedBy: cast.id(notes.editedBy),
        demo: true,
      },
    },
    { upsert: true },
  )
}
