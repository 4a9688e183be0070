import { Workshop } from '../../models/workshop'
import { Id } from '../../shared/ids'
import type { Mail } from '../../shared/mails'
import type { Letter } from '../ports'
import { toCalendar } from './calendar-events'
import { homeOf } from './workshop-addressees'

type Files = NonNullable<Letter['files']>

/**
 * What goes with a letter. To somebody who has a place in a workshop, the workshop for their calendar as
 * it is when the letter leaves: of two files the calendar keeps the newer.
 */
export async function filesWith(mail: Mail, publicUrl: string): Promise<Files> {
  const id = workshopIn(mail)
  const workshop = id && Id.safeParse(id).success ? await Workshop.findById(id).lean() : null
  if (!workshop) return []
  const { clocks } = await homeOf(workshop)
  const text = toCalendar([{ workshop, clocks }], { lang: mail.lang, publicUrl })
  return [{ name: 'event.ics', mediaType: 'text/calendar; charset=utf-8; method=PUBLISH', text }]
}

/** The workshop that its reader has, or ought to have, in a calendar. */
function workshopIn(mail: Mail): string | null {
  switch (mail.template) {
    case 'workshop-registered':
      return mail.values.waiting === null ? mail.values.id : null
    case 'workshop-place':
    case 'workshop-changed':
    case 'workshop-cancelled':
      return mail.values.id
    default:
      return null
  }
}
