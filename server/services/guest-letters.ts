import type { MailTemplate, MailValues } from '../../shared/mails'
import type { LetterPart } from './letter-parts'
import type { Desk, Written } from './letters'

type GuestTemplate = Extract<MailTemplate, `guest-${string}`>
type GuestWriters = { [T in GuestTemplate]: (desk: Desk, values: MailValues[T]) => Written }

const say = (text: string): LetterPart => ({ kind: 'text', text })

/** Letters to those without an account, whose zone nobody knows: times of both sides. */
export const GUEST_WRITERS: GuestWriters = {
  'guest-code': (desk, { code, minutes, workshop, startsAt, places }) => ({
    subject: desk.t('guest.codeSubject', { workshop: desk.pick(workshop) }),
    parts: [
      say(desk.t('guest.codeLead', { workshop: desk.pick(workshop) })),
      { kind: 'code', text: code },
      say(desk.t('guest.codeHolds', { count: minutes })),
      ...times(desk, startsAt, places),
      { kind: 'small', text: desk.t('guest.notYou') },
    ],
  }),
  'guest-invited': (desk, { path, inviter, workshop, startsAt, places }) => ({
    subject: desk.t('guest.invitedSubject', { workshop: desk.pick(workshop) }),
    parts: [
      say(
        desk.t('guest.invitedLead', {
          inviter: desk.name(inviter),
          workshop: desk.pick(workshop),
        }),
      ),
      ...times(desk, startsAt, places),
      { kind: 'link', label: desk.t('guest.invitedOpen'), path },
      say(desk.t('guest.invitedHow')),
      { kind: 'small', text: desk.t('guest.notYou') },
    ],
  }),
}

function times(
  { t, whenIn, pick }: Desk,
  startsAt: string,
  places: MailValues['guest-code']['places'],
): LetterPart[] {
  return [
    say(t('guest.begins')),
    ...places.map(({ place, timeZone }) => say(`${pick(place)}: ${whenIn(startsAt, timeZone)}`)),
  ]
}
