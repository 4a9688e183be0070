import { Reading, type ReadingRow } from '../../models/reading'
import { Reply, type ReplyRow } from '../../models/reply'
import { type AnchorRow, Thread, type ThreadRow } from '../../models/thread'
import { TranslationRequest } from '../../models/translation-request'
import { type Language, otherLanguage } from '../../shared/languages'
import { findMentions, mentionText } from '../../shared/mentions'
import { searchTextOf } from '../services/posting'
import { putSearchTexts, type SearchText, titleTexts } from '../services/search-index'
import { quoteOf } from '../services/thread-anchors'
import type { Cast } from './cast'
import type { DemoPartnership, DemoPost, DemoProtocol, DemoThread } from './content/types'
import { demoId, demoUuid } from './ids'
import { insertMissing } from './insert'
import { idOf } from './partnership-rows'
import { textsOfUnit } from './protocol-text'
import { requestRow } from './request-rows'

/** A translation that names no time came so much later, milliseconds. */
const TRANSLATED_AFTER_MS = 90 * 60_000

/** Insert a partnership's threads, how far its members have read in them, and make them findable. */
export async function seedThreads(cast: Cast, partnership: DemoPartnership): Promise<void> {
  const { threads, protocols } = partnership
  const written = threads.map((thread) => writeThread(cast, thread, protocols))
  // the posts first: nobody must find a thread without them
  await insertMissing(
    Reply,
    written.flatMap(({ replies }) => replies),
  )
  await insertMissing(
    Reading,
    written.flatMap(({ readings }) => readings),
  )
  await insertMissing(
    TranslationRequest,
    written.flatMap(({ requests }) => requests),
  )
  await insertMissing(
    Thread,
    written.map(({ thread }) => thread),
  )
  await putSearchTexts(await textsOf(written.map(({ thread }) => thread)))
}

/** The rows of one thread. */
export function writeThread(cast: Cast, thread: DemoThread, protocols: readonly DemoProtocol[]) {
  const { partnership } = cast
  const _id = idOf.thread(thread.key)
  const replies = writeReplies(cast, thread)
  const [first, last] = [replies.at(0), replies.at(-1)]
  if (!first || !last) throw new Error(`The thread ${thread.key} has no post.`)
  const row: ThreadRow = {
    _id,
    partnership,
    title: thread.title,
    lang: first.lang,
    tags: [...thread.tags],
    anchor: anchorOf(thread, protocols),
    createdBy: first.author,
    createdAt: first.postedAt,
    clientKey: first.clientKey,
    lastSeq: last.seq,
    rev: Math.max(...replies.map(({ rev }) => rev)),
    replyCount: replies.filter(({ deletedAt }) => deletedAt === null).length,
    lastAt: last.postedAt,
    lastBy: last.author,
    locked: thread.locked === true,
    lockedBy: thread.locked ? last.author : null,
    demo: true,
  }
  const requests = thread.posts.flatMap((post, index) => {
    const reply = replies[index]
    if (!post.request || !reply) return []
    const to = otherLanguage(reply.lang)
    return [requestRow(cast, post.request, { target: 'reply', id: reply._id, thread: _id, to })]
  })
  return { thread: row, replies, requests, readings: writeReadings(cast, thread, row, replies) }
}

function writeReplies(cast: Cast, thread: DemoThread): ReplyRow[] {
  const revs = revsOf(cast, thread)
  return thread.posts.map((post, index) => {
    const seq = index + 1
    const lang = langOf(cast, post)
    const text = post.deleted ? '' : withNames(cast, post.text, lang)
    const answered = post.replyTo ? thread.posts[post.replyTo - 1] : undefined
    return {
      _id: idOf.reply(thread.key, seq),
      partnership: cast.partnership,
      thread: idOf.thread(thread.key),
      seq,
      rev: revs[index] ?? seq,
      lang,
      author: cast.id(post.by),
      text,
      clientKey: demoUuid(`reply ${thread.key} ${seq}`),
      postedAt: cast.at(post.at, post.by),
      edits: post.editedAt ? 1 : 0,
      editedAt: post.editedAt ? cast.at(post.editedAt, post.by) : null,
      deletedAt: post.deleted ? cast.at(post.deleted.at, post.deleted.by) : null,
      deletedBy: post.deleted ? cast.id(post.deleted.by) : null,
      mentions: findMentions(text, cast.callable).map(({ userId, from, length }) => ({
        user: idOf.hex(userId),
        from,
        length,
      })),
      replyTo:
        answered && post.replyTo
          ? {
              reply: idOf.reply(thread.key, post.replyTo),
              seq: post.replyTo,
              author: cast.id(answered.by),
            }
          : null,
      translation: translationOf(cast, post, lang),
      demo: true,
    }
  })
}

function langOf(cast: Cast, post: DemoPost): Language {
  const lang = post.lang ?? cast.languagesOf(post.by)[0]
  if (!lang) throw new Error(`${post.by} has no language.`)
  return lang
}

/** The text with `@{key}` as the name that the author's page would have put there. */
function withNames(cast: Cast, text: string, lang: Language): string {
  return text.replace(/@\{([^}]+)\}/g, (_, key: string) => {
    const id = String(cast.id(key))
    const person = cast.callable.find((each) => each.id === id)
    if (!person) throw new Error(`${key} does not read discussions and cannot be called.`)
    return mentionText(person, lang)
  })
}

function translationOf(cast: Cast, post: DemoPost, lang: Language): ReplyRow['translation'] {
  if (!post.translation) return null
  const { by, text } = post.translation
  return {
    lang: otherLanguage(lang),
    text,
    by: cast.id(by),
    at: translatedAt(cast, post),
    ofEdit: post.editedAt && translatedAt(cast, post) > cast.at(post.editedAt, post.by) ? 1 : 0,
  }
}

function translatedAt(cast: Cast, post: DemoPost): Date {
  const { at, by = '' } = post.translation ?? {}
  if (at) return cast.at(at, by)
  return new Date(cast.at(post.at, post.by).getTime() + TRANSLATED_AFTER_MS)
}

/** Each post's last number in the order of all that happened in the thread. */
function revsOf(cast: Cast, { posts }: DemoThread): number[] {
  const happened = posts.flatMap((post, index) => [
    { index, at: cast.at(post.at, post.by) },
    ...(post.translation ? [{ index, at: translatedAt(cast, post) }] : []),
    ...(post.editedAt ? [{ index, at: cast.at(post.editedAt, post.by) }] : []),
    ...(post.deleted ? [{ index, at: cast.at(post.deleted.at, post.deleted.by) }] : []),
    ...(post.request ? [{ index, at: cast.at(post.request.at, post.request.by) }] : []),
  ])
  const order = happened.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return posts.map((_, index) => order.findLastIndex((each) => each.index === index) + 1)
}

/** How far everybody has read; who wrote a post has seen those before it. */
function writeReadings(
  cast: Cast,
  { key: thread, unread = {} }: DemoThread,
  { _id, lastSeq, lastAt }: ThreadRow,
  replies: readonly ReplyRow[],
): ReadingRow[] {
  return cast.readers.map(({ key }) => {
    const user = cast.id(key)
    const readSeq = lastSeq - (unread[key] ?? 0)
    const missed = replies.filter(
      ({ seq, author, deletedAt }) => seq > readSeq && !author.equals(user) && deletedAt === null,
    )
    return {
      _id: demoId(`reading ${thread} ${key}`),
      partnership: cast.partnership,
      user,
      thread: _id,
      readSeq,
      toldSeq: lastSeq,
      unread: missed.length,
      lastAt,
      demo: true,
    }
  })
}

function anchorOf(
  { key, anchor }: DemoThread,
  protocols: readonly DemoProtocol[],
): AnchorRow | null {
  if (!anchor) return null
  const protocol = protocols.find((each) => each.key === anchor.protocol)
  const texts = protocol && textsOfUnit(protocol, anchor.unit, anchor.asMarked === true)
  if (!texts) throw new Error(`The thread ${key} is about nothing: ${anchor.unit}`)
  return {
    protocol: idOf.protocol(anchor.protocol),
    unit: anchor.unit,
    quote: {
      ...(texts.en ? { en: quoteOf(texts.en) } : {}),
      ...(texts.ru ? { ru: quoteOf(texts.ru) } : {}),
    },
  }
}

/** What is findable of threads, as they read now. */
async function textsOf(threads: readonly ThreadRow[]): Promise<SearchText[]> {
  const rows = await Reply.find({
    partnership: { $in: threads.map(({ partnership }) => partnership) },
    thread: { $in: threads.map(({ _id }) => _id) },
    deletedAt: null,
  }).lean()
  return threads.flatMap((thread) => [
    ...titlesOf(thread),
    ...rows.filter((row) => row.thread.equals(thread._id)).flatMap((row) => wordsOf(thread, row)),
  ])
}

function titlesOf({ _id: of, partnership, title, createdAt: at }: ThreadRow): SearchText[] {
  return titleTexts({ partnership, kind: 'thread', of, title, published: false, at })
}

/** A post and its translation. */
function wordsOf(
  thread: ThreadRow,
  { seq, lang, text, postedAt: at, translation }: ReplyRow,
): SearchText[] {
  const post = searchTextOf(thread, { seq, lang, text, at })
  return translation ? [post, searchTextOf(thread, { ...translation, seq }, 'translation')] : [post]
}
