import type { Types } from 'mongoose'
import { AppError } from '../../shared/errors'
import { type LocalizedText, localized } from '../../shared/languages'
import { AUDIENCE, planParts } from '../../shared/plan-parts'
import { hasSeen, joinRows, joinSeen } from '../../shared/seen-words'
import { WORKSHOP_LIMITS } from '../../shared/workshops'
import { toValues } from './workshop-plan-values'
import { endOf, type PlanFields } from './workshop-plans'

/**
 * A plan as somebody sends it whose form was opened before it was last changed, joined with the stored
 * one: what they left as it was stays as it is by now.
 *
 * @param seen what the form was opened with @param isCarried is the change that of later workshops, too?
 * @throws AppError `conflict` where both have written something else in one place, with the `parts` in
 *   its detail, or where what they say together is no plan; where it is carried with `scope` among them
 *   if both have changed something alike: what it was is not known, so it is carried to no other one
 */
export function joinPlans(
  seen: string,
  mine: PlanFields,
  theirs: PlanFields,
  isCarried = false,
): PlanFields {
  const joined = joinSeen(seen, planParts(toValues(mine)), planParts(toValues(theirs)))
  const told: string[] = [...joined.both, ...(isCarried && joined.isAlike ? ['scope'] : [])]
  const of = (part: string) => (joined.isMine(part) ? mine : theirs)
  const text = (name: TextName, part: string) =>
    localized(of(`${part}En`)[name].en, of(`${part}Ru`)[name].ru)
  const marks = <M extends Types.ObjectId | string>(list: string, get: (of: PlanFields) => M[]) => {
    const has = (plan: PlanFields, mark: M) => get(plan).some((each) => `${each}` === `${mark}`)
    const all = [...get(theirs), ...get(mine).filter((mark) => !has(theirs, mark))]
    return all.filter((mark) => has(of(`${list}.${mark}`), mark))
  }
  const rows = <R extends { _id: Types.ObjectId }>(list: string, get: (of: PlanFields) => R[]) => {
    const idsIn = (plan: PlanFields) => get(plan).map(({ _id }) => String(_id))
    const of = { seen, list, mine: idsIn(mine), theirs: idsIn(theirs) }
    const { ids, isBoth } = joinRows(joined, of)
    if (isBoth) told.push(list)
    const rowIn = (plan: PlanFields, id: string) => get(plan).find(({ _id }) => String(_id) === id)
    return ids.flatMap((id) => {
      const [here, there] = [rowIn(mine, id), rowIn(theirs, id)]
      const is = (part: string) => joined.isMine(`${list}.${id}.${part}`)
      if (!here || !there) return here ?? there ?? []
      return { id, here, there, pick: (part: string) => (is(part) ? here : there) }
    })
  }
  const agenda = rows('agenda', (plan) => plan.agenda).map((row) => {
    if (!('pick' in row)) return row
    const { there, pick } = row
    const { speaker, speakerName } = pick('speaker')
    return {
      _id: there._id,
      minutes: pick('minutes').minutes,
      title: localized(pick('titleEn').title.en, pick('titleRu').title.ru),
      speaker,
      speakerName,
      spoken: pick('spoken').spoken,
      interpretation: pick('interpretation').interpretation,
      resource: pick('resource').resource,
    }
  })
  const channels = rows('channels', (plan) => plan.channels).map((row) => {
    if (!('pick' in row)) return row
    const { kind, url } = row.pick('kind')
    return { _id: row.there._id, spoken: row.pick('spoken').spoken, kind, url }
  })
  const { startsAt, timeZone } = of('startsOn')
  const plan: PlanFields = {
    title: text('title', 'title'),
    objectives: text('objectives', 'objectives'),
    mode: of('mode').mode,
    place: text('place', 'place'),
    startsAt,
    endsAt: endOf(startsAt, agenda),
    timeZone,
    audience: of(AUDIENCE).audience,
    capacity: of('capacity').capacity,
    agenda,
    facilitators: marks('facilitators', ({ facilitators }) => facilitators),
    materials: marks('materials', ({ materials }) => materials),
    channels,
    waitingRoom: of('waitingRoom').waitingRoom,
    guests: of('guests').guests,
    accreditation: text('accreditation', 'accreditation'),
    recordingConsent: text('recordingConsent', 'consent'),
    fallbacks: marks('fallbacks', ({ fallbacks }) => fallbacks),
    phone: of('phone').phone,
  }
  if (told.length > 0 || !isPlan(plan)) throw new AppError('conflict', { parts: told.join(' ') })
  return plan
}

type TextName = 'title' | 'objectives' | 'place' | 'accreditation' | 'recordingConsent'

/**
 * A stored plan by whose rows the rows of a late form are known: also those that somebody has taken out
 * since the form was opened. Their ids come from the form and go into no plan that is stored.
 */
export function withGoneRows(
  before: PlanFields,
  seen: string,
  sent: { agenda: readonly Sent[]; channels: readonly Sent[] },
): { agenda: Known[]; channels: Known[] } {
  const known = (list: 'agenda' | 'channels'): Known[] => [
    ...before[list].map(({ _id }) => ({ _id })),
    ...sent[list].flatMap(({ id }) =>
      id && hasSeen(seen, `${list}.${id}`) ? { _id: { toString: () => id } } : [],
    ),
  ]
  return { agenda: known('agenda'), channels: known('channels') }
}

type Sent = { id?: string | undefined }
type Known = { _id: { toString(): string } }

/** Is it a plan as its form would have it? Each of two may be right, and both together not. */
function isPlan({ title, mode, place, agenda, ...lists }: PlanFields): boolean {
  const isText = ({ en, ru }: LocalizedText) => Boolean(en || ru)
  return (
    isText(title) &&
    (mode === 'virtual' || isText(place)) &&
    agenda.length > 0 &&
    agenda.length <= WORKSHOP_LIMITS.agendaRows &&
    agenda.every((row) => isText(row.title)) &&
    (['facilitators', 'materials', 'channels'] as const).every(
      (list) => lists[list].length <= WORKSHOP_LIMITS[list],
    )
  )
}
