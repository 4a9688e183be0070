import { type Model, Types } from 'mongoose'
import { ApiToken } from '../../models/api-token'
import { AuditEntry } from '../../models/audit-entry'
import { Counterpart } from '../../models/counterpart'
import { Invitation } from '../../models/invitation'
import { Mark } from '../../models/mark'
import { Membership } from '../../models/membership'
import { Notification } from '../../models/notification'
import { Passkey } from '../../models/passkey'
import { Rendition } from '../../models/rendition'
import { Reply } from '../../models/reply'
import { Resource } from '../../models/resource'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { Thread } from '../../models/thread'
import { TranslationRequest } from '../../models/translation-request'
import { User } from '../../models/user'
import { Visit } from '../../models/visit'
import { LANGUAGES } from '../../shared/languages'
import { attendedBy, certificatesOf, promisesOf } from './attended'
import { type ArchiveEntry, jsonRows } from './export-archive'
import { rowsOf } from './export-rows'

type Own = {
  file: string
  model: Model<never>
  /** Which rows are this person's. */
  mine: (user: Types.ObjectId) => Record<string, unknown>
  without?: readonly string[]
}
const own = (
  file: string,
  model: unknown,
  field: string,
  without: readonly string[] = [],
): Own => ({
  file,
  model: model as Model<never>,
  mine: (user) => ({ [field]: user }),
  without,
})

/** What is a person's own: what they are here, what they wrote and added, what is kept about them. */
export const OWN_TABLES: readonly Own[] = [
  own('memberships', Membership, 'user'),
  own('sessions', Session, 'user', ['tokenHash', 'accessVersion']),
  own('ways-in/tokens', ApiToken, 'user', ['tokenHash']),
  own('ways-in/authenticator', Authenticator, 'user', ['secret', 'lastStep']),
  own('ways-in/passkeys', Passkey, 'user', ['publicKey', 'counter']),
  own('counterparts', Counterpart, 'people', ['pair']),
  own('invitations', Invitation, 'acceptedBy', ['tokenHash', 'joinKey', 'note']),
  own('notifications', Notification, 'user'),
  own('visits', Visit, 'user'),
  own('record', AuditEntry, 'by', ['hash', 'ownHash']),
  own('discussions/threads', Thread, 'createdBy', ['lastBy', 'lastAt', 'lockedBy']),
  own('discussions/posts', Reply, 'author', ['translation', 'replyTo']),
  own('library/items', Resource, 'createdBy'),
  own('library/versions', Rendition, 'addedBy'),
  own('translation-requests', TranslationRequest, 'askedBy'),
  own('protocol-marks', Mark, 'by'),
]

/** The files of a person's own archive. Others' words are not in it, nor secrets they sign in with. */
export function entriesOfPerson(userId: string): ArchiveEntry[] {
  const user = new Types.ObjectId(userId)
  return [
    {
      path: 'account.json',
      open: () =>
        jsonRows(
          rowsOf(User as unknown as Model<never>, { _id: user }, ['passwordHash', 'accessVersion']),
        ),
    },
    { path: 'discussions/translations.json', open: () => jsonRows(translationsBy(user)) },
    { path: 'workshops/attendance.json', open: () => jsonRows(attendance(user)) },
    { path: 'workshops/certificates.json', open: () => jsonRows(certificatesOf(user)) },
    { path: 'workshops/promises.json', open: () => jsonRows(promisesOf(user)) },
    ...OWN_TABLES.map(({ file, model, mine, without = [] }) => ({
      path: `${file}.json`,
      open: () => jsonRows(rowsOf(model, mine(user), without)),
    })),
  ]
}

async function* attendance(user: Types.ObjectId): AsyncGenerator<unknown> {
  yield* await attendedBy(user)
}

/** Others' posts that the person translated: the translation alone is theirs. */
async function* translationsBy(user: Types.ObjectId): AsyncGenerator<unknown> {
  const cursor = Reply.find(
    { 'translation.by': user, 'translation.lang': { $in: LANGUAGES } },
    { partnership: 1, thread: 1, seq: 1, translation: 1 },
  ).lean()
  for await (const { partnership, thread, seq, translation } of cursor) {
    if (!translation) continue
    yield {
      partnership: String(partnership),
      thread: String(thread),
      seq,
      lang: translation.lang,
      text: translation.text,
      at: translation.at.toISOString(),
    }
  }
}
