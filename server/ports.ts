import type { Readable } from 'node:stream'
import type { ClientSession } from 'mongoose'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { LiveContent } from '../shared/editor/content'
import type { BusEvents } from '../shared/events'
import type { Language } from '../shared/languages'
import type { SecretBox } from './auth/secret-box'

/** The world outside the services: each port has something real on its other side. */

export interface Clock {
  now(): Date
}

/** Announces facts after their commit, to this process and the others. It may lose; the database may not. */
export interface Bus {
  publish<E extends keyof BusEvents>(event: E, fact: BusEvents[E]): void
  /** To this process alone: of what every process finds out by itself. */
  publishHere<E extends keyof BusEvents>(event: E, fact: BusEvents[E]): void
  /** @returns a function that ends the subscription */
  subscribe<E extends keyof BusEvents>(event: E, hear: (fact: BusEvents[E]) => void): () => void
}

/** Where a live document lives: the partnership shards the log, the room is the protocol's id. */
export type RoomAddress = { partnership: string; room: string }

/** One committed batch of a room, as its row in the log; `by` names whose clients wrote what. */
export type RelayedRow = {
  gen: number
  epoch: number
  seq: number
  /** A Yjs update, version 1 of the encoding; null if it is too large to be carried: read the log. */
  update: Uint8Array | null
  by: readonly { user: string; clients: readonly number[]; frames: number }[]
  at: Date
}

/** One person's presence in a room as its process shows it: the name in it is the session's. */
export type RelayedPresence = { client: number; clock: number; user: string; state: string | null }

/** What a process tells the others that have the same room open. */
export type RoomMessage =
  | ({ kind: 'row' } & RelayedRow)
  | { kind: 'presence'; entries: readonly RelayedPresence[] }
  /** Somebody has just opened the room and knows of nobody. */
  | { kind: 'presence-asked' }
  /** What the document is at that row: state vector and delete set, hashed. */
  | { kind: 'hash'; gen: number; seq: number; hash: string }

/**
 * Carries what is fast between the processes that have a room open. It may lose, repeat and reorder:
 * rows are numbered, and what is missing is read from the log.
 */
export interface RoomRelay {
  /** To the other processes; never back to this one. */
  send(room: string, message: RoomMessage): void
  /**
   * @param hear gets what other processes send from now on; `from` names the process
   * @returns a function that ends it
   */
  listen(room: string, hear: (message: RoomMessage, from: string) => void): () => void
}

/** A document as it was before most of it was removed; `bytes` is its encoded size. */
export type KeptCopy = { id: string; at: Date; bytes: number }

/**
 * A text to take out of a document, as one paragraph or cell has it, white space counted as one space.
 * Without `uid` and `unit` wherever that language has it.
 */
export type Passage = {
  lang: Language
  /** Only in the block with this uid, */
  uid?: string | undefined
  /** only in the blocks of this unit. */
  unit?: string | undefined
  text: string
}

/** What a purge did. */
export type Purged = {
  /** How many places of the text and of the ledger held one of the passages. */
  removed: number
  /** Which beginning of the document this is; grows by one with every purge. */
  generation: number
}

/**
 * Told when a purge will begin the document anew, before it changes anything; what it throws keeps the
 * document as it is.
 *
 * @param found how many places hold one of the passages so far
 */
export type BeforePurge = (found: number) => Promise<void>

/** The live documents as the services use them; the sync server is on the other side. */
export interface LiveDocuments {
  /**
   * The committed content, from the open room or from the log.
   * @throws AppError `document_unavailable` if it cannot be rebuilt completely
   */
  read(at: RoomAddress): Promise<LiveContent>
  /**
   * A change made by the server as its own Yjs client; resolves once committed.
   * What `change` throws is thrown on and nothing is written.
   */
  edit<T>(at: RoomAddress, change: (doc: Y.Doc) => T): Promise<T>
  /** First content, once, from fixed bytes: seeding again with the same bytes does nothing. */
  seed(at: RoomAddress, update: Uint8Array): Promise<void>
  /** The copies kept before mass deletions, newest first. */
  copies(at: RoomAddress): Promise<readonly KeptCopy[]>
  /**
   * Makes the text what it was in a copy, by new edits: nobody's words beside it are lost. Ledger and
   * metadata stay.
   * @throws AppError `not_found` if there is no such copy
   */
  restore(at: RoomAddress, copyId: string): Promise<void>
  /**
   * Takes passages out of a document for ever: it begins anew without them, as a new generation, and
   * everything stored of the earlier ones is destroyed, kept copies too: also where no place holds a
   * passage any more, because it may have been typed and deleted. Whoever has it open is told, and opens
   * it afresh. Repeated at once it finds nothing to do. When it answers, the services have noted the
   * document anew, or will within two minutes.
   *
   * @param onBegin awaited once, and not at all if there is nothing to do
   * @throws AppError `document_unavailable` if the document cannot be rebuilt, or nothing can be stored
   *   or destroyed; then it is as it was, unless a repetition finds nothing left
   */
  purge(at: RoomAddress, passages: readonly Passage[], onBegin?: BeforePurge): Promise<Purged>
}

/** What is counted: attempts to sign in, and what one person may write or ask for in a while. */
export type LimitRule =
  | 'sign-in-account'
  | 'sign-in-address'
  | 'sign-in-guesses'
  | 'second-factor'
  | 'second-factor-account'
  | 'mail-code'
  | 'mail-code-day'
  | 'mail-code-account'
  | 'mail-address'
  | 'join'
  | 'guest-code'
  | 'guest-code-address'
  | 'guest-code-hall'
  | 'certificate'
  | 'paper'
  | 'invite'
  | 'export'
  | 'api'
  | 'post'
  | 'room'
  | 'write'
  | 'upload'
  | 'search'
  | 'address-write'

/** Counts attempts per key, across processes. */
export interface Limits {
  /** @throws AppError `too_many_requests` with `seconds` to wait */
  take(rule: LimitRule, key: string): Promise<void>
  /** Forgive after success. */
  forget(rule: 'sign-in-account' | 'sign-in-guesses' | 'second-factor', key: string): Promise<void>
}

/**
 * Asked in the transaction in which bytes change; where it throws, they do not. It may be asked more
 * than once, and touches nothing but the database.
 */
export type StorageFence = (session: ClientSession) => Promise<void>

/**
 * Files as bytes under a key, in one piece from the first byte on. What `append` has answered is
 * durable; what it has not is gone or will be overwritten by the next append at the same place.
 */
export interface Storage {
  /**
   * Write at the end, which must be at `offset`; whatever lies beyond from an earlier attempt goes.
   * Bytes that come at once change at once or not at all.
   *
   * @param fence decides whether the writer is still the one who may, together with the change
   * @returns the new end
   */
  append(
    key: string,
    offset: number,
    bytes: Readable | Uint8Array,
    fence?: StorageFence,
  ): Promise<number>
  /** @param range first and last byte, both included */
  read(key: string, range?: { start: number; end: number }): Readable
  remove(key: string): Promise<void>
}

/** A letter as it leaves: rendered, in the language of whoever gets it. */
export type Letter = {
  /** Message-ID without its host part; the same each time one letter is tried. */
  id: string
  to: string
  subject: string
  text: string
  html: string
  lang: Language
  /** What comes with it; `mediaType` with its parameters. */
  files?: readonly { name: string; mediaType: string; text: string }[]
}

/**
 * What became of a letter at the other side. `isFinal`: trying again would change nothing; `code` is
 * its number, such as `550`, or what was wrong with the line.
 */
export type MailAnswer = { taken: true } | { taken: false; isFinal: boolean; code: string }

/** Takes letters out of the house: by SMTP, or into a folder where somebody reads them. */
export interface Mailer {
  /** No mail server is configured: letters stay on this machine, for somebody to read. */
  readonly keeps: boolean
  /** Resolves once the other side has answered, or has not in its time. */
  send(letter: Letter): Promise<MailAnswer>
  /** Removes what it keeps of letters sent before then. */
  forget(before: Date): Promise<void>
}

/** A page of a PDF as an image of its words and pictures, and its text for those who get no images. */
export type SlideImage = {
  mediaType: string
  /** At most `WORKSHOP_LIMITS.pageBytes`. */
  bytes: Uint8Array
  /** Pixels. */
  width: number
  height: number
  text: string
}

/** A PDF that has been opened; nothing else of it happens until the next page is asked for. */
export interface OpenPdf {
  readonly pages: number
  /**
   * @param number 1, 2, 3 …
   * @throws AppError `slides_unreadable` with the `page`: broken, or it takes too long or too much
   */
  page(number: number): Promise<SlideImage>
  close(): Promise<void>
}

/** Turns PDFs, which may be hostile, into images. */
export interface SlideMaker {
  /** @throws AppError `slides_locked` (a password is asked for), `slides_unreadable` */
  open(pdf: Uint8Array): Promise<OpenPdf>
}

/** A server for meetings with sound and picture; what is asked of it is signed. */
export interface MeetingServer {
  /** The signed address of a call of its API; opened by a browser, as `join` is. */
  addressOf(call: 'create' | 'join', params: Readonly<Record<string, string>>): string
  /** @throws AppError `unavailable` if it does not answer, or refuses */
  ask(call: 'create', params: Readonly<Record<string, string>>): Promise<void>
}

/** Servers for sound and picture; without one, channels of its kind lead nowhere. */
export type ChannelServers = {
  /** Address of a Jitsi Meet, such as `https://meet.example.org`. */
  jitsiUrl?: string | undefined
  /** A BigBlueButton. */
  bbb?: MeetingServer | undefined
}

export type Ports = {
  clock: Clock
  bus: Bus
  live: LiveDocuments
  limits: Limits
  storage: Storage
  mailer: Mailer
  slides: SlideMaker
  channels: ChannelServers
  /** Seals what must be read again but lies in no database as it is. */
  secrets: SecretBox
  /** Our own address as links in letters have it: an origin without a trailing slash. */
  publicUrl: () => string
  log: Logger
}
