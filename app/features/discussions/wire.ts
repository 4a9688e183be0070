import * as z from 'zod/mini'
import type { CaughtUp } from '../../../shared/events'
import { LANGUAGES } from '../../../shared/languages'
import type { ReplyView, ThreadPage } from '../../../shared/views'
import { type Answer, ask } from '../../lib/ask'
import type { ThreadPageData, Writers } from './open-thread'

const Lang = z.enum(LANGUAGES)
const Text = z.optional(z.string())
export const Person = z.object({
  id: z.string(),
  name: z.object({
    given: z.string(),
    family: z.string(),
    patronymic: Text,
    latin: Text,
    cyrillic: Text,
  }),
  tone: z.nullable(z.enum(['a', 'b'])),
})
const Somebody = z.nullable(Person)
const When = z.nullable(z.string())
const Both = z.object({ en: Text, ru: Text })

const Reply: z.ZodMiniType<ReplyView> = z.object({
  id: z.string(),
  threadId: z.string(),
  seq: z.number(),
  rev: z.number(),
  lang: Lang,
  text: z.string(),
  author: Somebody,
  postedAt: z.string(),
  editedAt: When,
  deletedAt: When,
  deletedBy: Somebody,
  mentions: z.array(z.object({ userId: z.string(), from: z.number(), length: z.number() })),
  replyTo: z.nullable(z.object({ id: z.string(), seq: z.number(), author: Somebody })),
  translation: z.nullable(
    z.object({
      lang: Lang,
      text: z.string(),
      by: Somebody,
      at: z.string(),
      outdated: z.boolean(),
    }),
  ),
  request: z.nullable(
    z.object({
      id: z.string(),
      to: Lang,
      note: z.nullable(z.string()),
      askedBy: Somebody,
      askedAt: z.string(),
      takenBy: Somebody,
      takenAt: When,
      doneAt: When,
    }),
  ),
  purged: z.optional(z.object({ by: Somebody, at: z.string(), whole: z.boolean() })),
  clientKey: z.string(),
})

const Page: z.ZodMiniType<ThreadPage> = z.object({
  thread: z.object({
    id: z.string(),
    title: Both,
    lang: Lang,
    tags: z.array(z.string()),
    anchor: z.nullable(
      z.object({ protocolId: z.string(), protocolTitle: Both, unit: z.string(), quote: Both }),
    ),
    locked: z.boolean(),
    replyCount: z.number(),
    lastSeq: z.number(),
    rev: z.number(),
    openedBy: Somebody,
    openedAt: z.string(),
    lastBy: Somebody,
    lastAt: z.string(),
    unread: z.number(),
  }),
  replies: z.array(Reply),
  earlier: z.number(),
  rev: z.number(),
  readSeq: z.nullable(z.number()),
})

const Missed: z.ZodMiniType<CaughtUp> = z.object({
  replies: z.array(Reply),
  rev: z.number(),
  more: z.boolean(),
})

const writing = {
  people: z.array(z.extend(Person, { cadre: z.string(), languages: z.array(Lang) })),
  languages: z.array(Lang),
}
const Writing: z.ZodMiniType<Writers> = z.object(writing)

const Thread: z.ZodMiniType<ThreadPageData> = z.object({
  ...writing,
  page: Page,
  me: Person,
  may: z.object({
    reply: z.boolean(),
    moderate: z.boolean(),
    purge: z.boolean(),
    translate: z.boolean(),
    askForTranslation: z.boolean(),
  }),
  clientKey: z.string(),
  now: z.string(),
})

const Opened = z.object({ id: z.string() })

/** The stretch of a thread that an address names. */
export function getPage(address: string): Promise<Answer<ThreadPage>> {
  return ask(address, Page.parse)
}

/** A whole thread, as its own page has it. */
export function getThread(address: string): Promise<Answer<ThreadPageData>> {
  return ask(address, Thread.parse)
}

/** Who can be called by name in a new thread, and the languages to write it in. */
export function getWriters(address: string): Promise<Answer<Writers>> {
  return ask(address, Writing.parse)
}

export function readId(json: unknown): string {
  return Opened.parse(json).id
}

/** What changed in a thread since the count of changes that the address names. */
export function getMissed(address: string): Promise<Answer<CaughtUp>> {
  return ask(address, Missed.parse)
}

export function readReply(json: unknown): ReplyView {
  return Reply.parse(json)
}
