import type { Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import type { ItemBodies, WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopTally, type WorkshopTallyRow } from '../../models/workshop-tally'
import type { AttendeeView, HiddenView, PollResults, RoomItemView } from '../../shared/room-views'
import { attendeesById } from './workshop-attendees'

/** One item as everybody sees it, and as facilitators do, and whoever else hears it (`hearersOf`). */
export type ItemFact = { item: RoomItemView; staffItem: RoomItemView }

type People = ReadonlyMap<string, AttendeeView>
type Tallies = ReadonlyMap<string, WorkshopTallyRow>

/** Items in both their forms, with people and results looked up for all of them at once. */
export async function toItemFacts(
  workshop: WorkshopRow,
  rows: readonly WorkshopItemRow[],
): Promise<ItemFact[]> {
  const polls = rows.flatMap((row) => (row.kind === 'poll' ? row._id : []))
  const [people, tallies] = await Promise.all([
    attendeesById(workshop, rows.flatMap(peopleIn)),
    polls.length > 0 ? WorkshopTally.find({ _id: { $in: polls } }).lean() : [],
  ])
  const byId = new Map(tallies.map((row) => [String(row._id), row]))
  return rows.map((row) => ({
    item: toView(row, people, byId, false),
    staffItem: toView(row, people, byId, true),
  }))
}

/** Items as one reader sees them. */
export async function toItemViews(
  workshop: WorkshopRow,
  rows: readonly WorkshopItemRow[],
  staff: boolean,
): Promise<RoomItemView[]> {
  const facts = await toItemFacts(workshop, rows)
  return facts.map(({ item, staffItem }) => (staff ? staffItem : item))
}

/** What was announced a moment ago, until it has been given to whoever did it. */
const announced = new WeakMap<WorkshopItemRow, ItemFact>()

/** Items in both their forms, for everybody; kept for the answer to whoever changed them. */
export async function toAnnouncements(
  workshop: WorkshopRow,
  rows: readonly WorkshopItemRow[],
): Promise<ItemFact[]> {
  const facts = await toItemFacts(workshop, rows)
  for (const [at, row] of rows.entries()) announced.set(row, facts[at] as ItemFact)
  return facts
}

/** An item that somebody has changed, as they see it: as it was announced, if it was. */
export async function toAnswer(
  workshop: WorkshopRow,
  row: WorkshopItemRow,
  staff: boolean,
): Promise<RoomItemView | null> {
  const fact = announced.get(row) ?? (await toItemFacts(workshop, [row]))[0]
  // who says or changes something in a group is one of those who hear it
  return (staff || row.kind === 'group_message' ? fact?.staffItem : fact?.item) ?? null
}

function peopleIn(row: WorkshopItemRow): (Types.ObjectId | null | undefined)[] {
  switch (row.kind) {
    case 'stage':
      return [row.body.presenter]
    case 'question': {
      const { translation, answer } = row.body
      return [row.by, translation?.by, answer?.by, answer?.translation?.by]
    }
    case 'message':
    case 'group_message':
      return [row.by, row.body.translation?.by]
    case 'poll':
      return row.body.translations?.map((each) => each.by) ?? []
    case 'case': {
      const { translation, recommendations } = row.body
      return [row.by, translation?.by, recommendations?.by, recommendations?.translation?.by]
    }
    case 'group':
      return row.body.people
    default:
      return [row.by]
  }
}

function toView(
  row: WorkshopItemRow,
  people: People,
  tallies: Tallies,
  staff: boolean,
): RoomItemView {
  const base = { id: String(row._id), rev: row.rev, born: row.born }
  const by = who(people, row.by)
  const at = row.at.toISOString()
  switch (row.kind) {
    case 'stage': {
      const { row: agendaRow, slide, presenter, timer } = row.body
      return {
        ...base,
        kind: 'stage',
        rowId: agendaRow ? String(agendaRow) : null,
        slide: slide && { deckId: String(slide.deck), page: slide.page, pages: slide.pages },
        presenter: who(people, presenter),
        timer: timer && { endsAt: timer.endsAt.toISOString(), minutes: timer.minutes },
      }
    }
    case 'message':
      return { ...base, kind: 'message', by, at, ...saidOf(row, people), text: row.body.text }
    case 'group_message': {
      // to whoever is not in the group it is a number without words
      if (!staff) return { ...base, kind: 'hidden' } satisfies HiddenView
      const { group, text } = row.body
      const said = { by, at, ...saidOf(row, people), text }
      return { ...base, kind: 'group_message', groupId: String(group), ...said }
    }
    case 'question': {
      const { status, answer, thread, text } = row.body
      return {
        ...base,
        kind: 'question',
        by,
        at,
        ...saidOf(row, people),
        text,
        status,
        answer: answer && {
          how: answer.how,
          lang: answer.lang,
          text: answer.text,
          by: who(people, answer.by),
          at: answer.at.toISOString(),
          translation: stamped(answer.translation, people),
        },
        threadId: thread ? String(thread) : null,
      }
    }
    case 'poll': {
      const { form, purpose, prompt, options, status, shown, right } = row.body
      // what is still being prepared is nobody else's
      if (status === 'draft' && !staff) return { ...base, kind: 'hidden' } satisfies HiddenView
      const seesResults = staff || shown
      return {
        ...base,
        kind: 'poll',
        form,
        purpose,
        prompt,
        options,
        status,
        shown,
        results: seesResults ? resultsOf(tallies.get(base.id)) : null,
        translations: seesResults ? answersIn(row.body, people, tallies.get(base.id)) : [],
        translationAsked: row.body.translationAsked ?? false,
        right: purpose === 'quiz' && (staff || (shown && status === 'closed')) ? right : null,
      }
    }
    case 'hand':
      return { ...base, kind: 'hand', by, at, state: row.body.state }
    case 'group': {
      const { number, topic, people: members, notes, open, endsAt } = row.body
      return {
        ...base,
        kind: 'group',
        number,
        topic,
        people: members.flatMap((id) => people.get(String(id)) ?? []),
        notesId: notes ? String(notes) : null,
        open,
        endsAt: endsAt?.toISOString() ?? null,
      }
    }
    case 'case': {
      const { ageBand, sex, setting, problem, course, question, status } = row.body
      const { translation, recommendations } = row.body
      return {
        ...base,
        kind: 'case',
        by,
        at,
        ...stateOf(row),
        ...{ ageBand, sex, setting, problem, course, question, status },
        translation: stamped(translation, people),
        recommendations: recommendations && {
          ...stamped(recommendations, people),
          translation: stamped(recommendations.translation, people),
        },
      }
    }
  }
}

/** Translations of answers that stand: one that was taken back leaves nothing. */
function answersIn(
  { translations = [] }: ItemBodies['poll'],
  people: People,
  tally: WorkshopTallyRow | undefined,
) {
  const texts = new Set(tally?.votes.map(({ text }) => text))
  return translations
    .filter(({ said }) => texts.has(said))
    .map(({ said, ...each }) => ({ said, translation: stamped(each, people) }))
}

type Said = Extract<WorkshopItemRow, { kind: 'message' | 'group_message' | 'question' | 'case' }>

function saidOf(row: Exclude<Said, { kind: 'case' }>, people: People) {
  return { ...stateOf(row), translation: stamped(row.body.translation, people) }
}

function stateOf({ body, clientKey }: Said) {
  return {
    lang: body.lang,
    translationAsked: body.translationAsked,
    deletedAt: body.deletedAt?.toISOString() ?? null,
    clientKey,
  }
}

type Stamped<T> = Omit<T, 'by' | 'at'> & { by: AttendeeView | null; at: string }

/** Words with whose they are and since when. */
function stamped<T extends { by: Types.ObjectId; at: Date }>(row: T, people: People): Stamped<T>
function stamped<T extends { by: Types.ObjectId; at: Date }>(
  row: T | null,
  people: People,
): Stamped<T> | null
function stamped<T extends { by: Types.ObjectId; at: Date }>(row: T | null, people: People) {
  return row && { ...row, by: who(people, row.by), at: row.at.toISOString() }
}

function who(people: People, id: Types.ObjectId | null): AttendeeView | null {
  return (id && people.get(String(id))) ?? null
}

/** What was answered, without who: free texts in the order of their words, which is nobody's. */
export function resultsOf(tally: WorkshopTallyRow | undefined): PollResults {
  const counts: Record<string, number> = {}
  for (const { choices } of tally?.votes ?? []) {
    for (const choice of choices) counts[choice] = (counts[choice] ?? 0) + 1
  }
  const texts = (tally?.votes ?? []).flatMap(({ text, lang }) =>
    text && lang ? { lang, text } : [],
  )
  return {
    answers: tally?.votes.length ?? 0,
    counts,
    texts: texts.toSorted((one, other) => (one.text < other.text ? -1 : 1)),
  }
}
