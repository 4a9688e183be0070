import type { Connection, Model } from 'mongoose'
import { AccessChange } from './access-change'
import { AdminOpening } from './admin-opening'
import { AnswerRoll } from './answer-roll'
import { AnswerSheet } from './answer-sheet'
import { ApiToken } from './api-token'
import { Attention } from './attention'
import { AuditEntry } from './audit-entry'
import { AuditSeal } from './audit-seal'
import { CalendarFeed } from './calendar-feed'
import { Certificate } from './certificate'
import { Counterpart } from './counterpart'
import { DemoSeed } from './demo-seed'
import { Export } from './export'
import { FileRemoval } from './file-removal'
import { GuestCode } from './guest-code'
import { GuestSession } from './guest-session'
import { Institution } from './institution'
import { Invitation } from './invitation'
import { underLock } from './lock'
import { MailItem } from './mail'
import { Mark } from './mark'
import { Membership } from './membership'
import { Notification } from './notification'
import { Outcome } from './outcome'
import { Partnership } from './partnership'
import { Passkey } from './passkey'
import { PasskeyChallenge } from './passkey-challenge'
import { Protocol } from './protocol'
import { Purge } from './purge'
import { Reading } from './reading'
import { RecoveryCode } from './recovery-code'
import { Rendition } from './rendition'
import { Reply } from './reply'
import { Resource } from './resource'
import { SearchText } from './search-text'
import { Authenticator } from './second-factor'
import { Session } from './session'
import { SignInChallenge } from './sign-in-challenge'
import { SlideDeck } from './slide-deck'
import { StorageUse } from './storage-use'
import { Term } from './term'
import { Thread } from './thread'
import { TranslationRequest } from './translation-request'
import { Upload } from './upload'
import { User } from './user'
import { Visit } from './visit'
import { Workshop } from './workshop'
import { WorkshopItem } from './workshop-item'
import { WorkshopParticipant } from './workshop-participant'
import { WorkshopPromise } from './workshop-promise'
import { WorkshopReport } from './workshop-report'
import { WorkshopTally } from './workshop-tally'
import { WorkshopTest } from './workshop-test'

/** Every collection of the models; its indexes are made at boot, never by `autoIndex`. */
const MODELS: readonly Model<never>[] = [
  Institution,
  User,
  Session,
  SignInChallenge,
  Authenticator,
  Passkey,
  PasskeyChallenge,
  RecoveryCode,
  AccessChange,
  AdminOpening,
  ApiToken,
  AuditEntry,
  AuditSeal,
  MailItem,
  Partnership,
  Membership,
  Invitation,
  Counterpart,
  Protocol,
  Mark,
  Thread,
  Reply,
  Purge,
  Reading,
  Attention,
  Notification,
  SearchText,
  Term,
  Visit,
  Resource,
  Rendition,
  TranslationRequest,
  Upload,
  StorageUse,
  FileRemoval,
  Export,
  CalendarFeed,
  Certificate,
  GuestCode,
  GuestSession,
  AnswerRoll,
  AnswerSheet,
  Outcome,
  SlideDeck,
  Workshop,
  WorkshopItem,
  WorkshopParticipant,
  WorkshopPromise,
  WorkshopReport,
  WorkshopTally,
  WorkshopTest,
  DemoSeed,
] as unknown as readonly Model<never>[]

export type Migration = {
  /** Date and what it does; never changed once released. */
  id: string
  /** Idempotent: it may have run halfway before. */
  up: (connection: Connection) => Promise<void>
}

/** Forward only, in this order. */
const MIGRATIONS: readonly Migration[] = []

/**
 * Bring the database to this version: indexes, then migrations that have not run yet. Safe to call
 * from several processes at once: one works under a lock, the others wait for it.
 *
 * @throws Error if the lock is not had within two minutes, or a migration fails
 */
export function migrate(connection: Connection, migrations = MIGRATIONS): Promise<string[]> {
  return underLock(connection, 'migrations', async () => {
    const done: string[] = []
    for (const each of MODELS) await each.createCollection().then(() => each.createIndexes())
    const ran = connection.collection<{ _id: string; at: Date }>('migrations')
    for (const migration of migrations) {
      if (await ran.findOne({ _id: migration.id })) continue
      await migration.up(connection)
      await ran.updateOne({ _id: migration.id }, { $set: { at: new Date() } }, { upsert: true })
      done.push(migration.id)
    }
    return done
  })
}
