import { createHash } from 'node:crypto'
import type { Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopTally, type WorkshopTallyRow } from '../../models/workshop-tally'
import type { ItemKind } from '../../shared/workshops'
import type { DemoSaid, DemoWorkshop } from './content/workshop-types'
import { demoId, demoUuid } from './ids'
import { insertMissing } from './insert'
import { agendaRowId, participantId } from './workshop-rows'
import { later } from './workshop-times'

type VoterOf = (tally: Types.ObjectId, participant: Types.ObjectId) => string

/**
 * What has happened in the room of a workshop so far, numbered as it happened.
 *
 * @param voterOf how the rows of votes name a voter without naming them
 */
export async function seedRoom(
  workshop: DemoWorkshop,
  row: WorkshopRow,
  voterOf: VoterOf,
): Promise<void> {
  const { room, key } = workshop
  if (!room) return
  const who = (name: string) => participantId(key, name)
  const items: WorkshopItemRow[] = []
  const tallies: WorkshopTallyRow[] = []

  function add<K extends ItemKind>(
    kind: K,
    {
      name,
      by,
      minute,
      body,
    }: { name: string; by: string | null; minute: number; body: ItemBodies[K] },
  ): Types.ObjectId {
    const _id = demoId(`workshop ${key} ${kind} ${name}`)
    const number = items.length + 1
    items.push({
      _id,
      partnership: row.partnership,
      workshop: row._id,
      kind,
      rev: number,
      born: number,
      by: by ? who(by) : null,
      clientKey: kind === 'stage' ? 'stage' : demoUuid(`workshop ${key} ${kind} ${name}`),
      at: later(row.startsAt, minute),
      body,
      demo: true,
    } as unknown as WorkshopItemRow)
    return _id
  }
  function count(
    _id: Types.ObjectId,
    kind: 'poll' | 'question',
    open: boolean,
    votes: Readonly<Record<string, readonly string[]>>,
  ): void {
    const rows = Object.entries(votes).map(([name, choices]) => ({
      voter: voterOf(_id, who(name)),
      choices: [...choices],
      text: '',
      lang: null,
      at: later(row.startsAt, 20),
    }))
    const { partnership } = row
    tallies.push({
      _id,
      partnership,
      workshop: row._id,
      kind,
      open,
      votes: rows,
      rev: rows.length,
      demo: true,
    })
  }

  add('stage', {
    name: 'stage',
    by: null,
    minute: 0,
    body: {
      row: agendaRowId(key, 1),
      slide: { deck: demoId('deck cd4-slides'), page: 2, pages: 6 },
      presenter: who('physician.us'),
      timer: null,
    },
  })
  for (const [index, said] of room.messages.entries()) {
    add('message', {
      name: String(index),
      by: said.by,
      minute: said.at,
      body: saidOf(row, who, said),
    })
  }
  for (const [index, question] of room.questions.entries()) {
    const { answer, onAir, votes } = question
    const id = add('question', {
      name: String(index),
      by: question.by,
      minute: question.at,
      body: {
        ...saidOf(row, who, question),
        status: answer ? 'answered' : onAir ? 'on_air' : 'open',
        answer: answer
          ? {
              ...answer,
              by: who(answer.by),
              at: later(row.startsAt, question.at + 4),
              translation: null,
            }
          : null,
        thread: null,
      },
    })
    count(id, 'question', !answer, Object.fromEntries(votes.map((name) => [name, []])))
  }
  for (const poll of room.polls) {
    const { form, purpose, prompt, status, shown = false, right = [] } = poll
    const options = poll.options.map((text, index) => ({ id: `o${index + 1}`, text }))
    const idAt = (index: number) => options[index]?.id ?? ''
    const id = add('poll', {
      name: poll.key,
      by: 'physician.us',
      minute: 5,
      body: { form, purpose, prompt, options, right: right.map(idAt), status, shown },
    })
    const votes = Object.entries(poll.votes).map(
      ([name, chosen]) => [name, chosen.map(idAt)] as const,
    )
    count(id, 'poll', status === 'open', Object.fromEntries(votes))
  }
  for (const name of room.hands) {
    add('hand', { name, by: name, minute: 23, body: { state: 'up' } })
  }

  await insertMissing(WorkshopItem as never, items)
  await insertMissing(WorkshopTally, tallies)
  // what people have done in the room meanwhile has taken further numbers
  await Workshop.updateOne({ _id: row._id }, { $max: { roomRev: items.length } })
}

function saidOf(row: WorkshopRow, who: (name: string) => Types.ObjectId, said: DemoSaid) {
  const { lang, text, translation, translationAsked = false, at } = said
  return {
    lang,
    text,
    translation: translation
      ? {
          lang: lang === 'en' ? ('ru' as const) : ('en' as const),
          text: translation.text,
          by: who(translation.by),
          at: later(row.startsAt, at + 1),
        }
      : null,
    translationAsked,
    deletedAt: null,
  }
}

/** For rows that nobody will vote in any more. */
export const anonymousVoter: VoterOf = (tally, participant) =>
  createHash('sha256').update(`${tally} ${participant}`).digest('hex')
