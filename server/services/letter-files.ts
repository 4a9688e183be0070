import { Workshop } from '../../models/workshop'
import { Id } from '../../shared/ids'
import type { Mail } from '../../shared/mails'
import type { Letter } from '../ports'
import { type EventOf, toCalendar, toCancellation } from './calendar-events'
import { homeOf } from './workshop-addressees'

type Files = NonNullable<Letter['files']>

/**
 * What goes with a letter. To somebody who has a place in a workshop, the workshop for their calendar as
 * it is when the letter leaves: of two files the calendar keeps the newer. Several of a series, of which
 * one letter tells, are in one file; of those that are cancelled each has its own.
 */
export async function filesWith(mail: Mail, publicUrl: string): Promise<Files> {
  const ids = workshopsIn(mail).filter((id) => Id.safeParse(id).success)
  const found = await Workshop.find({ _id: { $in: ids } })
    .sort({ startsAt: 1 })
    .lean()
  const [first] = found
  if (!first) return []
  const { clocks } = await homeOf(first)
  const left = mail.template === 'workshop-removed' || mail.template === 'workshop-without-guests'
  const leaves = new Date()
  const events = found.map((workshop) => ({ workshop, clocks, left, leaves }))
  const isOff = ({ workshop }: EventOf) => left || workshop.status === 'cancelled'
  const planned = events.filter((event) => !isOff(event))
  const at = { lang: mail.lang, publicUrl }
  const files = [
    ...(planned.length > 0 ? [{ method: 'PUBLISH', text: toCalendar(planned, at) }] : []),
    ...events
      .filter(isOff)
      .map((event) => ({ method: 'CANCEL', text: toCancellation(event, at, mail.to) })),
  ]
  return files.map(({ method, text }, index) => ({
    name: index === 0 ? 'event.ics' : `event-${index + 1}.ics`,
    mediaType: `text/calendar; charset=utf-8; method=${method}`,
    text,
  }))
}

/** The workshops that its reader has, or ought to have, in a calendar. */
function workshopsIn(mail: Mail): string[] {
  switch (mail.template) {
    case 'workshop-registered':
      return [mail.values, ...(mail.values.also ?? [])].flatMap(({ id, waiting }) =>
        waiting === null ? [id] : [],
      )
    case 'workshop-admitted':
      return mail.values.waiting === null ? [mail.values.id] : []
    case 'workshop-removed':
      return mail.values.waited ? [] : [mail.values.id]
    case 'workshop-without-guests':
      // who was invited may have it from a letter about a change
      return mail.values.had === 'waiting' ? [] : [mail.values.id]
    case 'workshop-place':
      return [mail.values.id]
    case 'workshop-changed':
    case 'workshop-cancelled':
      return [mail.values.id, ...(mail.values.also ?? []).map(({ id }) => id)]
    default:
      return []
  }
}
