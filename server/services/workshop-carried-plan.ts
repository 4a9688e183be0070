import type { Types } from 'mongoose'
import type { AgendaRow, ChannelRow } from '../../models/workshop'
import { AppError } from '../../shared/errors'
import type { LocalizedText } from '../../shared/languages'
import { wallClockAt } from '../../shared/wall-clock'
import { movedLike } from '../../shared/workshop-series'
import { carryRows, carryText, carryTitle, type RowKind, saysSame } from './workshop-carried-rows'
import { endOf, type PlanFields } from './workshop-plans'

const AGENDA: RowKind<AgendaRow> = {
  nameOf: ({ title }) => JSON.stringify([title.en ?? '', title.ru ?? '']),
  parts: [['minutes'], ['speaker', 'speakerName'], ['spoken'], ['interpretation'], ['resource']],
  texts: ['title'],
}
const CHANNELS: RowKind<ChannelRow> = {
  nameOf: ({ spoken, kind, url }) => JSON.stringify([spoken, kind, url]),
  parts: [['spoken'], ['kind', 'url']],
  texts: [],
}

/** One workshop of a series as it was and as it is now; `wall` is the beginning as it was typed. */
export type PlanChange = { before: PlanFields; after: PlanFields; wall: string }

/**
 * The plan of a later workshop of a series, changed as one of them was: only what that change touched,
 * so that what was planned for the later one alone stays. It is moved by as much on the wall clock of
 * its zone, and lasts as long as its own agenda.
 *
 * @throws AppError `invalid_input` where the later one would begin on no date
 */
export function carryPlan(change: PlanChange, later: PlanFields): PlanFields {
  const { before, after } = change
  const pick = <N extends keyof PlanFields>(name: N): PlanFields[N] =>
    saysSame(before[name], after[name]) ? later[name] : after[name]
  const text = (name: 'objectives' | 'accreditation' | 'recordingConsent' | 'place') =>
    carryText(before[name], after[name], later[name])
  const agenda = carryRows(before.agenda, after.agenda, later.agenda, AGENDA)
  const { startsAt, timeZone } = carryTime(change, later)
  const mode = pick('mode')
  return {
    title: carryTitle(before.title, after.title, later.title),
    objectives: text('objectives'),
    mode,
    place: mode === 'virtual' ? text('place') : somewhere(text('place'), later.place, after.place),
    startsAt,
    endsAt: endOf(startsAt, agenda),
    timeZone,
    // whom it is for is one answer; in which order is none
    audience: isSameSet(before.audience, after.audience) ? later.audience : after.audience,
    capacity: pick('capacity'),
    agenda,
    facilitators: carryMarks(before.facilitators, after.facilitators, later.facilitators),
    materials: carryMarks(before.materials, after.materials, later.materials),
    channels: carryRows(before.channels, after.channels, later.channels, CHANNELS),
    waitingRoom: pick('waitingRoom'),
    guests: pick('guests'),
    accreditation: text('accreditation'),
    recordingConsent: text('recordingConsent'),
    fallbacks: carryMarks(before.fallbacks, after.fallbacks, later.fallbacks),
    phone: pick('phone'),
  }
}

function carryTime(
  { before, after, wall }: PlanChange,
  later: PlanFields,
): Pick<PlanFields, 'startsAt' | 'timeZone'> {
  const from = {
    wall: wallClockAt(before.startsAt.getTime(), before.timeZone),
    timeZone: before.timeZone,
  }
  const at = { at: later.startsAt.getTime(), timeZone: later.timeZone }
  const moved = movedLike(from, { wall, timeZone: after.timeZone }, at)
  if (!moved) throw new AppError('invalid_input', { startsAt: 'no_such_time' })
  return { startsAt: new Date(moved.at), timeZone: moved.timeZone }
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return saysSame([...one].sort(), [...other].sort())
}

/** What was ticked or unticked in one list of boxes, ticked or unticked in another. */
function carryMarks<M extends Types.ObjectId | string>(
  before: readonly M[],
  after: readonly M[],
  later: readonly M[],
): M[] {
  const has = (list: readonly M[], mark: M) => list.some((each) => String(each) === String(mark))
  const kept = later.filter((mark) => !has(before, mark) || has(after, mark))
  return [...kept, ...after.filter((mark) => !has(before, mark) && !has(kept, mark))]
}

/** People who meet must know where: the first place that says it. */
function somewhere(...places: readonly LocalizedText[]): LocalizedText {
  return places.find(({ en, ru }) => en || ru) ?? {}
}
