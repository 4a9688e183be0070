import type { TFunction } from 'i18next'
import { type Language, type LocalizedText, pickText } from '../../shared/languages'
import enCommon from '../../shared/locales/en/common.json'
import enMail from '../../shared/locales/en/mail.json'
import ruCommon from '../../shared/locales/ru/common.json'
import ruMail from '../../shared/locales/ru/mail.json'
import type { Mail, MailTemplate, MailValues } from '../../shared/mails'
import type { PersonName } from '../../shared/views'
import { utcOffset } from '../../shared/wall-clock'
import type { Letter } from '../ports'
import { GUEST_WRITERS } from './guest-letters'
import { type LetterPart, toHtml, toText } from './letter-parts'
import { nameIn } from './names'
import { loadWords } from './words'
import { WORKSHOP_WRITERS } from './workshop-writers'

type Words = TFunction<['mail', 'common']>
/** What a letter's writer has at hand: words, and values as this reader reads them. */
export type Desk = {
  t: Words
  when: (iso: string) => string
  whenIn: (iso: string, timeZone: string) => string
  name: (name: PersonName) => string
  pick: (text: LocalizedText) => string
}
export type Written = { subject: string; parts: LetterPart[] }
type Writers = { [T in MailTemplate]: (desk: Desk, values: MailValues[T]) => Written }

const say = (text: string): LetterPart => ({ kind: 'text', text })

const WRITERS: Writers = {
  ...GUEST_WRITERS,
  ...WORKSHOP_WRITERS,
  invitation: (
    { t, when, name, pick },
    { path, partnership, inviter, role, place, note, until },
  ) => ({
    subject: t('invitation.subject', { partnership: pick(partnership) }),
    parts: [
      say(t('invitation.lead', { inviter: name(inviter), partnership: pick(partnership) })),
      say(t('invitation.place', { role: t(`common:role.${role}`), place: pick(place) })),
      ...(note ? ([{ kind: 'quote', text: note }] as const) : []),
      { kind: 'link', label: t('invitation.open'), path },
      say(t('invitation.until', { until: when(until) })),
      { kind: 'small', text: t('invitation.notForYou') },
    ],
  }),
  'sign-in-code': ({ t }, { code, minutes }) => ({
    subject: t('code.subject'),
    parts: [
      say(t('code.lead')),
      { kind: 'code', text: code },
      say(t('code.holds', { count: minutes })),
      { kind: 'small', text: t('code.notYou') },
    ],
  }),
  'password-link': ({ t }, { path, minutes }) => ({
    subject: t('password.subject'),
    parts: [
      say(t('password.lead')),
      { kind: 'link', label: t('password.open'), path },
      say(t('password.holds', { count: minutes })),
      { kind: 'small', text: t('password.notYou') },
    ],
  }),
  'account-changed': ({ t, when }, { what, at }) => ({
    subject: t('changed.subject'),
    parts: [
      say(t(`changed.what.${what}`)),
      say(t('changed.at', { at: when(at) })),
      ...(what === 'token'
        ? ([
            { kind: 'link', label: t('changed.openTokens'), path: '/account/tokens' },
            { kind: 'small', text: t('changed.tokenNotYou') },
          ] as const)
        : ([
            { kind: 'link', label: t('changed.open'), path: '/account' },
            { kind: 'small', text: t('changed.notYou') },
          ] as const)),
    ],
  }),
  'account-deleted': ({ t, when }, { at }) => ({
    subject: t('deleted.subject'),
    parts: [
      say(t('deleted.lead', { at: when(at) })),
      say(t('deleted.stays')),
      { kind: 'small', text: t('foot') },
    ],
  }),
  'removed-from-partnership': ({ t, pick }, { partnership }) => ({
    subject: t('removed.subject', { partnership: pick(partnership) }),
    parts: [
      say(t('removed.lead', { partnership: pick(partnership) })),
      say(t('removed.stays')),
      { kind: 'small', text: t('foot') },
    ],
  }),
  'counterpart-proposed': ({ t, name, pick }, { path, by, partnership }) => ({
    subject: t('counterpart.subject', { partnership: pick(partnership) }),
    parts: [
      say(t('counterpart.lead', { by: name(by), partnership: pick(partnership) })),
      say(t('counterpart.meaning')),
      { kind: 'link', label: t('counterpart.open'), path },
      { kind: 'small', text: t('foot') },
    ],
  }),
}

/**
 * Write a letter in the language of whoever gets it, as plain text and as HTML.
 *
 * @param at.publicUrl what its links begin with, and nothing else does
 * @param at.timeZone of whoever gets it, IANA
 * @throws Error for values that its template cannot be written with
 */
export function writeLetter(
  mail: Mail,
  at: { id: string; publicUrl: string; timeZone: string },
): Letter {
  const { subject, parts } = writtenBy(mail, deskOf(mail.lang, at.timeZone))
  const title = plain(subject).replaceAll('\n', ' ').slice(0, 200)
  const shell = { publicUrl: at.publicUrl, parts: parts.map(cleaned) }
  return {
    id: at.id,
    to: mail.to,
    lang: mail.lang,
    subject: title,
    text: toText(shell),
    html: toHtml({ ...shell, title, lang: mail.lang }),
  }
}

function writtenBy<T extends MailTemplate>(
  { template, values }: { template: T; values: MailValues[T] },
  desk: Desk,
): Written {
  return WRITERS[template](desk, values)
}

/** Words and values as a reader of that language and zone reads them; calendars are written so too. */
export function deskOf(lang: Language, timeZone: string): Desk {
  const whenIn = (iso: string, zone: string) => {
    const at = new Intl.DateTimeFormat(lang, {
      timeZone: zone,
      dateStyle: 'long',
      timeStyle: 'short',
      hourCycle: 'h23',
    })
    const moment = Date.parse(iso)
    // in letters, that may be opened in another zone
    return `${at.format(moment)} (${utcOffset(moment, zone)})`
  }
  return {
    t: WORDS.getFixedT<['mail', 'common']>(lang, ['mail', 'common']),
    when: (iso) => whenIn(iso, timeZone),
    whenIn,
    name: (name) => nameIn(name, lang),
    pick: (text) => pickText(text, lang).text,
  }
}

function cleaned(part: LetterPart): LetterPart {
  return part.kind === 'link'
    ? { ...part, label: plain(part.label) }
    : { ...part, text: plain(part.text) }
}

/** Without what is not seen but changes what is: control characters and overrides of direction. */
function plain(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '')
}

const WORDS = loadWords(
  {
    en: { mail: enMail, common: enCommon },
    ru: { mail: ruMail, common: ruCommon },
  },
  'mail',
)
