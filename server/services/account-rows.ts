import type { Model } from 'mongoose'
import { AdminOpening } from '../../models/admin-opening'
import { ApiToken } from '../../models/api-token'
import { CalendarFeed } from '../../models/calendar-feed'
import { Notification } from '../../models/notification'
import { Passkey } from '../../models/passkey'
import { Reading } from '../../models/reading'
import { RecoveryCode } from '../../models/recovery-code'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { SignInChallenge } from '../../models/sign-in-challenge'
import { Visit } from '../../models/visit'

type Rows = { model: Model<never>; field: string }
const rows = (model: unknown, field: string): Rows => ({ model: model as Model<never>, field })

/** What goes with an account: how it signs in, and what is of no use to anybody else. */
export const ENDED_WITH_ACCOUNT: readonly Rows[] = [
  rows(Session, 'user'),
  rows(ApiToken, 'user'),
  rows(Authenticator, 'user'),
  rows(Passkey, 'user'),
  rows(RecoveryCode, 'user'),
  rows(SignInChallenge, 'user'),
  rows(Notification, 'user'),
  rows(Reading, 'user'),
  rows(Visit, 'user'),
  rows(CalendarFeed, 'user'),
]

/** What stays, and why; a test holds both lists together to be all models that name a user. */
export const KEPT_AFTER_ACCOUNT: Readonly<Record<string, string>> = {
  Membership: 'ended, so that authorship keeps its side',
  Thread: 'the partnership’s',
  Reply: 'the partnership’s; others answer it',
  Mark: 'how a translation came to be',
  Resource: 'the partnership’s',
  Rendition: 'the partnership’s',
  TranslationRequest: 'the partnership’s',
  Upload: 'swept within a day',
  Export: 'swept within a week; nobody else can fetch it',
  AccessChange: 'gone within the hour',
  AuditEntry: 'the record is never changed',
  [AdminOpening.modelName]: 'the partnership is shown who opened it',
  Protocol: 'who edited last',
  Attention: 'who edited last',
  Invitation: 'the partnership’s, without the address',
  Counterpart: 'ended with the membership',
  Purge: 'the partnership is shown who purged',
  Workshop: 'the partnership’s',
  WorkshopParticipant: 'attendance is the partnership’s, and what certificates rest on',
  SlideDeck: 'the partnership’s',
  WorkshopReport: 'the partnership’s',
  Outcome: 'the partnership’s',
  Certificate: 'what was certified stays true',
}
