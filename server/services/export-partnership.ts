import { Readable } from 'node:stream'
import { type Model, Types } from 'mongoose'
import { AdminOpening } from '../../models/admin-opening'
import { AnswerSheet } from '../../models/answer-sheet'
import { Certificate } from '../../models/certificate'
import { Counterpart } from '../../models/counterpart'
import { Institution } from '../../models/institution'
import { Invitation } from '../../models/invitation'
import { Mark } from '../../models/mark'
import { Membership } from '../../models/membership'
import { Outcome } from '../../models/outcome'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { Purge } from '../../models/purge'
import { Rendition } from '../../models/rendition'
import { Reply } from '../../models/reply'
import { Resource } from '../../models/resource'
import { SlideDeck } from '../../models/slide-deck'
import { Term } from '../../models/term'
import { Thread } from '../../models/thread'
import { TranslationRequest } from '../../models/translation-request'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopReport } from '../../models/workshop-report'
import { WorkshopTally } from '../../models/workshop-tally'
import { WorkshopTest } from '../../models/workshop-test'
import { deriveUnits } from '../../shared/editor/alignment'
import type { LiveContent } from '../../shared/editor/content'
import { isAppError } from '../../shared/errors'
import { LANGUAGES } from '../../shared/languages'
import type { Ports } from '../ports'
import { type ArchiveEntry, json, jsonRows } from './export-archive'
import { libraryFiles, slideFiles } from './export-files'
import { rowsOf } from './export-rows'
import { countedAnswers, countedVotes } from './export-workshops'
import { toNameView } from './names'
import { recordAsJson } from './record-export'

type Table = {
  file: string
  model: Model<never>
  without?: readonly string[]
  /** Instead of its rows, where they would tell what nobody may know. */
  counted?: (partnership: Types.ObjectId) => AsyncGenerator<unknown>
}
const table = (file: string, model: unknown, without: readonly string[] = []): Table => ({
  file,
  model: model as Model<never>,
  without,
})

/** Everything that belongs to a partnership, row by row, votes and answers counted; a test holds it to be all of the models. */
export const PARTNERSHIP_TABLES: readonly Table[] = [
  table('members', Membership),
  table('invitations', Invitation, ['tokenHash', 'joinKey']),
  table('counterparts', Counterpart, ['pair']),
  table('protocols/list', Protocol, ['notedSeq']),
  table('protocols/marks', Mark),
  table('discussions/threads', Thread),
  table('discussions/replies', Reply),
  table('library/items', Resource),
  table('library/versions', Rendition),
  table('translation-requests', TranslationRequest),
  table('glossary', Term),
  table('purges', Purge),
  table('workshops/list', Workshop, ['guestLink']),
  table('workshops/participants', WorkshopParticipant, ['invite']),
  table('workshops/room', WorkshopItem),
  { ...table('workshops/votes', WorkshopTally), counted: countedVotes },
  table('workshops/slides', SlideDeck),
  table('workshops/tests', WorkshopTest),
  { ...table('workshops/answers', AnswerSheet), counted: countedAnswers },
  table('workshops/certificates', Certificate),
  table('workshops/reports', WorkshopReport),
  table('workshops/outcomes', Outcome),
  table('openings-by-the-programme', AdminOpening, ['session']),
]

/** What is not taken along, and why: it is made anew from the rest, or is one person's own. */
export const LEFT_BEHIND: Readonly<Record<string, string>> = {
  Attention: 'derived from the protocols',
  SearchText: 'derived from what can be found',
  Notification: 'each person’s own',
  Reading: 'each person’s own',
  Visit: 'each person’s own',
  Upload: 'has not arrived yet',
  GuestCode: 'gone within the hour',
  GuestSession: 'a way in, not a content',
  AnswerRoll: 'keyed digests that mean nothing elsewhere',
  WorkshopPromise: 'each person’s own',
  AccessChange: 'gone within the hour',
  Export: 'an archive itself',
  AuditEntry: 'taken along as a file that can be checked by itself: record.json',
}

/** Texts or files that could not be put in; named in the manifest. */
export type Problem = { path: string; code: string }

/**
 * The files of a partnership's archive: everything it wrote and stored, in formats that need no Twinward.
 *
 * @param problems filled while the archive is read
 */
export async function entriesOfPartnership(
  ports: Ports,
  partnershipId: string,
  problems: Problem[],
): Promise<ArchiveEntry[]> {
  const partnership = new Types.ObjectId(partnershipId)
  const protocols = await Protocol.find({ partnership }, { _id: 1 }).lean()
  const read = oneAtATime((room) => ports.live.read({ partnership: partnershipId, room }))
  return [
    { path: 'partnership.json', open: () => jsonRows(partnershipAndSides(partnership)) },
    { path: 'people.json', open: () => jsonRows(people(partnership)) },
    ...PARTNERSHIP_TABLES.map(({ file, model, without = [], counted }) => ({
      path: `${file}.json`,
      open: () => jsonRows(counted?.(partnership) ?? rowsOf(model, { partnership }, without)),
    })),
    {
      path: 'record.json',
      open: () => Readable.from(recordAsJson(ports, partnershipId), { objectMode: false }),
    },
    ...protocols.flatMap(({ _id }) => textsOf(read, String(_id), problems)),
    ...(await libraryFiles(ports, partnership)),
    ...(await slideFiles(ports, partnership)),
  ]
}

async function* partnershipAndSides(_id: Types.ObjectId): AsyncGenerator<unknown> {
  yield* rowsOf(Partnership as unknown as Model<never>, { _id })
  const row = await Partnership.findById(_id, { sides: 1 }).lean()
  const ids = (row?.sides ?? []).flatMap((side) => [side.institution, ...side.partners])
  yield* rowsOf(Institution as unknown as Model<never>, { _id: { $in: ids } })
}

/** Everybody who has ever been a member: names for what they wrote, addresses of those who are here. */
async function* people(partnership: Types.ObjectId): AsyncGenerator<unknown> {
  const memberships = await Membership.find({ partnership }, { user: 1, status: 1 }).lean()
  const isHere = new Map(memberships.map(({ user, status }) => [String(user), status === 'active']))
  const cursor = User.find({ _id: { $in: [...isHere.keys()] } }).lean()
  for await (const user of cursor) {
    const id = String(user._id)
    const { languages, timeZone, email } = user
    const open = isHere.get(id) ? { email, languages, timeZone } : {}
    yield { id, name: toNameView(user.name), ...open }
  }
}

type ReadText = (room: string) => Promise<LiveContent>

/** A protocol's files follow one another: its content is read once and given up for the next one's. */
function oneAtATime(read: ReadText): ReadText {
  let last: { room: string; content: Promise<LiveContent> } | undefined
  return (room) => {
    if (last?.room !== room) last = { room, content: read(room) }
    return last.content
  }
}

/** A protocol as data, and as plain text in each language: one block a line. */
function textsOf(read: ReadText, room: string, problems: Problem[]): ArchiveEntry[] {
  const folder = `protocols/${room}`
  // what cannot be rebuilt is named and left out; the rest is not lost with it
  const lenient = (path: string, make: () => AsyncGenerator<string>): ArchiveEntry => ({
    path,
    open: () => Readable.from(orProblem(make(), path, problems), { objectMode: false }),
  })
  return [
    lenient(`${folder}/document.json`, async function* () {
      const { body, blocks, ledger } = await read(room)
      yield* json({ body, ledger, units: deriveUnits(blocks, ledger) })
    }),
    ...LANGUAGES.map((lang) =>
      lenient(`${folder}/text.${lang}.txt`, async function* () {
        const { blocks } = await read(room)
        for (const { text } of blocks[lang]) yield `${text}\n`
      }),
    ),
  ]
}

async function* orProblem(
  parts: AsyncGenerator<string>,
  path: string,
  problems: Problem[],
): AsyncGenerator<string> {
  try {
    yield* parts
  } catch (error) {
    if (!isAppError(error)) throw error
    problems.push({ path, code: error.code })
  }
}
