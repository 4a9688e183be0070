import {
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventStatus,
  ICalEventTransparency,
  default as ical,
} from 'ical-generator'
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library'
import type { WorkshopRow } from '../../models/workshop'
import { type Language, type LocalizedText, pickText } from '../../shared/languages'
import { wallClockAt } from '../../shared/wall-clock'
import { deskOf } from './letters'
import type { Clock } from './workshop-addressees'

/** A workshop with what its calendar entry says of its partnership. */
export type EventOf = {
  workshop: WorkshopRow
  clocks: readonly Clock[]
  /** Its reader was taken off the list: of them it is cancelled. */
  left?: boolean
  /**
   * When a letter with it leaves. Of two entries of one plan a calendar keeps the later: whoever was taken
   * off the list may be put on it again.
   */
  leaves?: Date
}

/** Who reads the calendar, and where it lies. */
export type CalendarOf = { lang: Language; publicUrl: string }

/** Calendar programs ask again so often, seconds. */
const TTL_SECONDS = 3_600

/**
 * Workshops as an iCalendar file (RFC 5545), each at the wall clock it was planned by: its zone is
 * within the file, so that a calendar without our zones shows the same moment. The same workshop has
 * the same UID in every file; of two the one with the larger SEQUENCE is the newer.
 */
export function toCalendar(
  events: readonly EventOf[],
  { lang, publicUrl }: CalendarOf,
  name?: string,
): string {
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH, lang)
  if (name) calendar.name(name).ttl(TTL_SECONDS)
  for (const event of events) addEvent(calendar, event, { lang, publicUrl })
  return calendar.toString()
}

/**
 * The end of a workshop that was cancelled, or that its reader was taken off, for their calendar (RFC
 * 5546, 3.2.5): a calendar program takes the entry away by itself, or offers to. Each is a file of its
 * own, as all of one such file are about one UID. Nobody is named in it but the reader.
 *
 * @param reader e-mail address of whoever gets it
 */
export function toCancellation(
  event: EventOf,
  { lang, publicUrl }: CalendarOf,
  reader: string,
): string {
  const calendar = newCalendar(ICalCalendarMethod.CANCEL, lang)
  addEvent(calendar, event, { lang, publicUrl }).createAttendee({ email: reader })
  return calendar.toString()
}

function newCalendar(method: ICalCalendarMethod, lang: Language): ICalCalendar {
  return ical({
    prodId: { company: 'Twinward', product: 'Workshops', language: lang.toUpperCase() },
    method,
    // asked for once per zone that stands in the file
    timezone: { name: null, generator: zoneBlock },
  })
}

function addEvent(
  calendar: ICalCalendar,
  { workshop, clocks, left = false, leaves }: EventOf,
  { lang, publicUrl }: CalendarOf,
): ICalEvent {
  const { _id, title, rev, status } = workshop
  const room = `${publicUrl}/workshops/${_id}`
  const isCancelled = left || status === 'cancelled'
  const { hostname } = new URL(publicUrl)
  const event = calendar.createEvent({
    id: `workshop-${_id}@${hostname}`,
    sequence: rev,
    // asked for by RFC 5546, 3.2.1; the same in every file, and nobody's own address
    organizer: { name: 'Twinward', email: `no-reply@${hostname}` },
    ...timesOf(workshop),
    stamp: leaves ?? changedAt(workshop),
    created: workshop.createdAt,
    lastModified: changedAt(workshop),
    summary: oneLine(pickText(title, lang).text),
    description: descriptionOf(workshop, clocks, { lang, room, left }),
    location: placeOf(workshop, lang) ?? room,
    url: room,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isCancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
  if (workshop.demo) event.categories([{ name: deskOf(lang, 'UTC').t('calendar.demo') }])
  return event
}

/** By the clock of the zone it was planned in; by UTC where that zone cannot be told. */
function timesOf({ startsAt, endsAt, timeZone }: WorkshopRow) {
  if (!zoneBlock(timeZone)) return { start: startsAt, end: endsAt }
  const [start, end] = [startsAt, endsAt].map((at) => wallClockAt(at.getTime(), timeZone))
  return { start: start ?? startsAt, end: end ?? endsAt, timezone: timeZone }
}

function descriptionOf(
  { startsAt, objectives, cancelReason, status }: WorkshopRow,
  clocks: readonly Clock[],
  { lang, room, left }: { lang: Language; room: string; left: boolean },
): string {
  const { t, whenIn, pick } = deskOf(lang, 'UTC')
  const start = startsAt.toISOString()
  const goals = pick(objectives).trim()
  const parts = [
    ...(status === 'cancelled' ? [t('calendar.cancelled')] : []),
    ...(left && status !== 'cancelled' ? [t('calendar.left')] : []),
    ...(status === 'cancelled' && cancelReason ? [cancelReason] : []),
    ...clocks.map(({ place, timeZone }) =>
      t('workshop.whenThere', { place: pick(place), when: whenIn(start, timeZone) }),
    ),
    ...(goals ? [goals] : []),
    t('calendar.room', { address: room }),
  ]
  return parts.join('\n').replace(/\r\n?/g, '\n')
}

/** Where one goes in person; null where nobody does, or nobody has said. */
function placeOf({ mode, place }: WorkshopRow, lang: Language): string | null {
  if (mode === 'virtual') return null
  return oneLine(pickText(place as LocalizedText, lang).text) || null
}

/** The last thing that happened to the plan. */
function changedAt(row: WorkshopRow): Date {
  const times = [row.createdAt, row.announcedAt, row.changedAt, row.cancelledAt, row.closedAt]
  return new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)))
}

const KNOWN_ZONES = new Set(tzlib_get_timezones())

/** The VTIMEZONE of a zone; null where the library has none, or calls it by another name. */
function zoneBlock(zone: string): string | null {
  if (!KNOWN_ZONES.has(zone)) return null
  const [block] = tzlib_get_ical_block(zone)
  return block?.includes(`\r\nTZID:${zone}\r\n`) ? block : null
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
