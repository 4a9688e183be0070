import { Types } from 'mongoose'
import * as Y from 'yjs'
import { Mark } from '../../models/mark'
import { Protocol } from '../../models/protocol'
import { countUnits, deriveUnits } from '../../shared/editor/alignment'
import { readContent } from '../../shared/editor/blocks'
import type { Ledger } from '../../shared/editor/content'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { isAppError } from '../../shared/errors'
import { isLanguage } from '../../shared/languages'
import type { LiveDocuments, RoomAddress } from '../ports'
import type { DemoProtocol } from './content/types'
import { demoId, demoUuid } from './ids'
import { idOf } from './partnership-rows'
import { writeText } from './protocol-text'

const HOUR_MS = 3_600_000

/**
 * Insert a protocol with its document, its marks and its counts; one that is there stays as it is.
 *
 * @param startedAt the first start, which recent times are relative to
 */
export async function seedProtocol(
  live: Pick<LiveDocuments, 'seed'>,
  slug: string,
  protocol: DemoProtocol,
  startedAt: Date,
): Promise<void> {
  const _id = idOf.protocol(protocol.key)
  if (await Protocol.exists({ _id })) return

  const ago = (hours: number) => new Date(startedAt.getTime() - hours * HOUR_MS)
  const text = writeText(protocol, {
    translatedBy: String(idOf.user(protocol.translatedBy)),
    reviewedBy: String(idOf.user(protocol.reviewedBy)),
    at: ago(protocol.markedHoursAgo),
  })
  const update = encodeFirstContent(text.bodies, text.ledger)
  const partnership = idOf.partnership(slug)
  await seedText(live, { partnership: String(partnership), room: String(_id) }, update)
  await seedMarks({ partnership, protocol: _id }, text.ledger)
  await Protocol.updateOne(
    { _id },
    {
      $setOnInsert: {
        partnership,
        title: protocol.title,
        status: protocol.status,
        createdBy: idOf.user(protocol.createdBy),
        clientKey: demoUuid(`protocol ${protocol.key}`),
        createdAt: new Date(protocol.createdOn),
        counts: countsOf(update),
        editedAt: ago(protocol.editedHoursAgo),
        editedBy: idOf.user(protocol.editedBy),
        demo: true,
      },
    },
    { upsert: true },
  )
}

/**
 * The document's first content. One that an older edition of this text had begun before it was
 * killed keeps what it has: the product must start.
 */
export async function seedText(
  live: Pick<LiveDocuments, 'seed'>,
  at: RoomAddress,
  update: Uint8Array,
): Promise<void> {
  try {
    await live.seed(at, update)
  } catch (error) {
    if (!isAppError(error) || error.code !== 'conflict') throw error
  }
}

/** The history behind the ledger: one mark for each of its entries. */
export async function seedMarks(
  at: { partnership: Types.ObjectId; protocol: Types.ObjectId },
  ledger: Ledger,
): Promise<void> {
  await Mark.bulkWrite(
    Object.entries(ledger).map(([key, entry]) => {
      const [unit, from, to] = key.split(/[|>]/)
      if (!unit || !isLanguage(from) || !isLanguage(to)) throw new Error(`No ledger key: ${key}`)
      return {
        updateOne: {
          filter: { _id: demoId(`mark ${key}`) },
          update: {
            $setOnInsert: {
              ...at,
              unit,
              from,
              to,
              sourceHash: entry.src,
              targetHash: entry.tgt,
              state: entry.state,
              by: new Types.ObjectId(entry.by),
              clientKey: demoUuid(`mark ${key}`),
              at: new Date(entry.at),
            },
          },
          upsert: true,
        },
      }
    }),
  )
}

/** How the units of a first content stand. */
export function countsOf(update: Uint8Array) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const { blocks, ledger } = readContent(doc)
  doc.destroy()
  return countUnits(deriveUnits(blocks, ledger))
}
