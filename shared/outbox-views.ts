import type { Language } from './languages'
import type { MailTemplate } from './mails'

/** A letter as the programme sees it in the list: never what it says. */
export type LetterRow = {
  id: string
  to: string
  template: MailTemplate
  lang: Language
  status: 'waiting' | 'sending' | 'sent' | 'failed'
  tries: number
  /** When it was asked for. */
  at: string
  sentAt?: string
  /** When it is tried again. */
  nextAt?: string
  /** What the mail server last answered, as its number, or what was wrong with the line. */
  failure?: string
  /** Kept here, and its words are still there. */
  isReadable: boolean
}

export type OutboxPage = {
  /** No mail server is configured: letters stay on this machine. */
  keeps: boolean
  items: readonly LetterRow[]
  /** For the page after; null at the end. */
  next: string | null
}

/** What a letter says. */
export type LetterView = { id: string; to: string; lang: Language; subject: string; text: string }
