import type { Language, LocalizedText } from './languages'
import type { Role } from './policy'
import type { PersonName } from './views'

/** What each letter needs to be written; its words are in the `mail` namespace, in both languages. */
export type MailValues = {
  invitation: {
    /** Token-carrying address, a path on our own site. */
    path: string
    partnership: LocalizedText
    inviter: PersonName
    role: Role
    place: LocalizedText
    /** What the coordinator wrote, if anything. */
    note: string | null
    /** ISO-8601; until when the link holds. */
    until: string
  }
  'sign-in-code': { code: string; minutes: number }
  'password-link': { path: string; minutes: number }
  /** Something about how one signs in changed: a password, a factor, a code used up, a new token. */
  'account-changed': {
    what:
      | 'password'
      | 'password-reset'
      | 'totp-added'
      | 'totp-removed'
      | 'passkey-added'
      | 'passkey-removed'
      | 'recovery-codes'
      | 'recovery-code-used'
      | 'token'
    at: string
  }
  'account-deleted': { at: string }
  'removed-from-partnership': { partnership: LocalizedText }
  'counterpart-proposed': { path: string; by: PersonName; partnership: LocalizedText }
}
export type MailTemplate = keyof MailValues

/** A letter to be written and sent. */
export type Mail = {
  [T in MailTemplate]: { template: T; to: string; lang: Language; values: MailValues[T] }
}[MailTemplate]
