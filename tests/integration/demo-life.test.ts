import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { fileTypeFromBuffer } from 'file-type'
import { beforeAll, describe, expect, it } from 'vitest'
import { Attention } from '../../models/attention'
import { Membership } from '../../models/membership'
import { Notification } from '../../models/notification'
import { Partnership } from '../../models/partnership'
import { Reading } from '../../models/reading'
import { Rendition } from '../../models/rendition'
import { Reply } from '../../models/reply'
import { Resource } from '../../models/resource'
import { StorageUse } from '../../models/storage-use'
import { Term } from '../../models/term'
import { Thread } from '../../models/thread'
import { TranslationRequest } from '../../models/translation-request'
import { User } from '../../models/user'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { seedDemo } from '../../server/demo'
import { castOf } from '../../server/demo/cast'
import { PARTNERSHIPS } from '../../server/demo/content'
import { writeThread } from '../../server/demo/thread-rows'
import type { Actor } from '../../shared/actor'
import { nameForms } from '../../shared/name-forms'
import { grantFor } from '../../shared/policy'
import { pdfPages } from '../setup/pdf-text'
import { createWorld, type World } from '../setup/world'

const FILES = 'server/demo/files'
const GLOSSARY = 'glossary-en-ru.tsv'
const FIRST_START = new Date('2026-03-02T10:00:00.000Z')
const STAMP =
  'Demonstration text, not for clinical use / Учебный пример, не для клинического применения'
/** Accounts that are members somewhere and read discussions. */
const READERS = [
  'physician.ru',
  'physician.us',
  'reviewer',
  'coordinator.ru',
  'coordinator.us',
  'viewer',
  'stranger',
]

let world: World
beforeAll(async () => {
  world = await createWorld()
  await seedDemo({
    clock: { now: () => FIRST_START },
    live: world.collab.live,
    storage: world.storage,
    secrets: world.ports.secrets,
    filesDir: FILES,
    say: () => {},
  })
})

describe('the demonstration’s discussions', () => {
  it.each(PARTNERSHIPS)('are as many as promised in $slug', async ({ slug }) => {
    const partnership = await partnershipOf(slug)
    const threads = await Thread.find({ partnership, demo: true }).lean()
    const isRich = slug === 'st-petersburg-new-haven'
    expect(threads.length).toBeGreaterThanOrEqual(isRich ? 12 : 2)
    for (const { lastSeq } of threads) {
      expect(lastSeq).toBeGreaterThanOrEqual(3)
      expect(lastSeq).toBeLessThanOrEqual(isRich ? 12 : 6)
    }
    expect(await Resource.countDocuments({ partnership })).toBe(isRich ? 16 : 3)
    expect(await Term.countDocuments({ partnership })).toBe(157)
  })

  it('show every kind of post: edited, deleted, answered, translated, asked for, locked', async () => {
    const partnership = await partnershipOf('st-petersburg-new-haven')
    const posts = await Reply.find({ partnership }).lean()
    expect(posts.some(({ editedAt }) => editedAt)).toBe(true)
    const deleted = posts.filter(({ deletedAt }) => deletedAt)
    expect(deleted.map(({ text, translation }) => [text, translation])).toEqual([['', null]])
    expect(posts.some(({ replyTo }) => replyTo)).toBe(true)
    expect(posts.some(({ mentions }) => mentions.length > 0)).toBe(true)
    const translated = posts.filter(({ translation }) => translation).length
    expect(translated).toBeGreaterThan(posts.length / 2)
    expect(translated).toBeLessThan(posts.length)
    expect(await Thread.countDocuments({ partnership, locked: true })).toBe(1)
    const asked = { partnership, target: 'reply', open: true } as const
    expect(await TranslationRequest.countDocuments(asked)).toBeGreaterThan(0)
  })

  it('are written by members who may, each in a language of theirs', async () => {
    for (const post of await Reply.find({ demo: true }).lean()) {
      const author = await User.findById(post.author).lean()
      const role = await roleOf(post.partnership, post.author)
      expect([author?.email, role && grantFor(role, 'thread:reply')]).toEqual([author?.email, '+'])
      expect(author?.languages).toContain(post.lang)
      expect(hasCyrillic(post.text) || post.deletedAt !== null).toBe(
        post.lang === 'ru' || hasCyrillic(post.text) || post.deletedAt !== null,
      )
      if (!post.translation) continue
      const translator = await User.findById(post.translation.by).lean()
      expect(translator?.languages.toSorted()).toEqual(['en', 'ru'])
      expect(post.translation.lang).not.toBe(post.lang)
    }
  })

  it('call only people who are there, by their names', async () => {
    for (const { text, mentions } of await Reply.find({ demo: true }).lean()) {
      expect(text.match(/@/g)?.length ?? 0).toBe(mentions.length)
      for (const { user, from, length } of mentions) {
        const named = await User.findById(user).lean()
        const written = text.slice(from, from + length)
        expect(nameForms(named?.name ?? { given: '', family: '' }).map((n) => `@${n}`)).toContain(
          written,
        )
      }
    }
  })

  it('are about paragraphs that exist, and quote them', async () => {
    const anchored = await Thread.find({ demo: true, anchor: { $ne: null } }).lean()
    expect(anchored.length).toBeGreaterThan(8)
    for (const { partnership, anchor } of anchored) {
      if (!anchor) continue
      const at = { partnership: String(partnership), room: String(anchor.protocol) }
      const { blocks } = await world.collab.live.read(at)
      const units = [...blocks.en, ...blocks.ru].map(({ unit }) => unit)
      expect(units).toContain(anchor.unit)
      expect(`${anchor.quote.en ?? ''}${anchor.quote.ru ?? ''}`).not.toBe('')
    }
  })

  it.each(['T00:05:00Z', 'T06:00:00Z', 'T12:30:00Z', 'T23:55:00Z'])(
    'follow one another, and are over, when the first start is at 2026-07-01%s',
    (time) => {
      const startedAt = new Date(`2026-07-01${time}`)
      for (const partnership of PARTNERSHIPS) {
        const cast = castOf(partnership, startedAt)
        for (const thread of partnership.threads) {
          const { replies, requests } = writeThread(cast, thread, partnership.protocols)
          const posted = replies.map(({ postedAt }) => postedAt.getTime())
          expect([thread.key, posted]).toEqual([thread.key, posted.toSorted((a, b) => a - b)])
          const times = [
            ...replies.flatMap(({ postedAt, editedAt, deletedAt, translation }) => [
              [postedAt, postedAt],
              [postedAt, editedAt],
              [postedAt, deletedAt],
              [postedAt, translation?.at],
            ]),
            ...requests.map(({ targetId, askedAt }) => [
              replies.find(({ _id }) => _id.equals(targetId))?.postedAt,
              askedAt,
            ]),
          ]
          for (const [before, after] of times) {
            if (!before || !after) continue
            expect(after.getTime()).toBeGreaterThanOrEqual(before.getTime())
            expect(after.getTime()).toBeLessThan(startedAt.getTime())
          }
        }
      }
    },
  )

  it('keep the numbers of a thread as its posts are', async () => {
    for (const thread of await Thread.find({ demo: true }).lean()) {
      const posts = await Reply.find({ thread: thread._id }).sort({ seq: 1 }).lean()
      expect(posts.map(({ seq }) => seq)).toEqual(posts.map((_, index) => index + 1))
      expect(thread).toMatchObject({
        lastSeq: posts.length,
        rev: Math.max(...posts.map(({ rev }) => rev)),
        replyCount: posts.filter(({ deletedAt }) => !deletedAt).length,
        lastAt: posts.at(-1)?.postedAt,
        lastBy: posts.at(-1)?.author,
      })
      expect(new Set(posts.map(({ rev }) => rev)).size).toBe(posts.length)
    }
  })

  it('are unread exactly as a recount says', async () => {
    for (const reading of await Reading.find({ demo: true }).lean()) {
      const { partnership, thread, user, readSeq, toldSeq } = reading
      const missed = {
        seq: { $gt: readSeq, $lte: toldSeq },
        author: { $ne: user },
        deletedAt: null,
      }
      const unread = await Reply.countDocuments({ partnership, thread, ...missed })
      expect(reading.unread).toBe(unread)
    }
    for (const key of READERS) {
      const actor = await actorOf(key)
      const partnership = actor.memberships[0]?.partnershipId ?? ''
      const { total } = await world.services.discussions.countUnread(actor, partnership)
      expect([key, total]).toEqual([key, total > 0 ? total : 'some'])
    }
  })

  it('tell everybody of the tour of something that is there', async () => {
    for (const key of READERS) {
      const actor = await actorOf(key)
      const unread = await Notification.find({ user: actor.userId, readAt: null }).lean()
      expect([key, unread.length]).toEqual([key, unread.length > 0 ? unread.length : 'some'])
      for (const { reply, thread, protocol, unit, resource } of unread) {
        if (reply) expect(await Reply.exists({ _id: reply, thread, deletedAt: null })).toBeTruthy()
        if (resource) expect(await Resource.exists({ _id: resource })).toBeTruthy()
        if (unit) expect(await Attention.exists({ protocol, unit })).toBeTruthy()
      }
    }
  })
})

describe('the demonstration’s library', () => {
  const names = readdirSync(FILES).filter((name) => name !== GLOSSARY)

  it('has small files, each of them used and stamped on every page', () => {
    const used = PARTNERSHIPS.flatMap(({ resources }) =>
      resources.flatMap(({ renditions }) =>
        renditions.flatMap((each) => ('file' in each ? [each.file] : [])),
      ),
    )
    expect(names.toSorted()).toEqual([...new Set(used)].toSorted())
    const sizes = names.map((name) => readFileSync(`${FILES}/${name}`).length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(60_000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_200_000)
  })

  it.each(names)('stamps every page of %s', async (name) => {
    const file = readFileSync(`${FILES}/${name}`)
    const pages = name.endsWith('.pdf')
      ? (await pdfPages(file)).map((page) => page.replace(/\s+/g, ' '))
      : name.endsWith('.docx')
        ? [entryOf(file, 'word/header1.xml')]
        : name.endsWith('.xlsx')
          ? [entryOf(file, 'xl/worksheets/sheet1.xml')]
          : [file.toString('utf8')]
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages) expect(page).toContain(STAMP)
    if (name.includes('.ru.')) expect(pages.every(hasCyrillic)).toBe(true)
  })

  it('stores every file as it is, of the type that it says', async () => {
    const rows = await Rendition.find({ demo: true, file: { $ne: null } }).lean()
    expect(rows).toHaveLength(names.length)
    for (const { file } of rows) {
      if (!file) continue
      const bytes = Buffer.concat(await world.storage.read(file.key).toArray())
      expect(bytes.length).toBe(file.bytes)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
      const found = await fileTypeFromBuffer(bytes)
      const expected = file.mediaType.startsWith('text/') ? undefined : file.mediaType
      expect(found?.mime).toBe(expected)
    }
    for (const { slug } of PARTNERSHIPS) {
      const partnership = await partnershipOf(slug)
      const own = rows.filter((row) => String(row.partnership) === partnership)
      const bytes = own.reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0)
      expect(await StorageUse.findById(partnership).lean()).toMatchObject({ bytes })
    }
  })

  it('has gaps, drafts, outdated and reviewed versions, and requests open and taken', async () => {
    const partnership = await partnershipOf('st-petersburg-new-haven')
    const current = await Rendition.find({ partnership, current: true }).lean()
    const statuses = new Set(current.map(({ status }) => status))
    expect([...statuses].toSorted()).toEqual([
      'draft',
      'original',
      'outdated',
      'reviewed',
      'translated',
    ])
    expect(await Resource.countDocuments({ partnership, missing: 'ru' })).toBeGreaterThan(0)
    expect(await Resource.countDocuments({ partnership, missing: 'en' })).toBeGreaterThan(0)
    const asked = await TranslationRequest.find({ partnership, target: 'resource' }).lean()
    expect(asked.filter(({ takenBy }) => takenBy === null)).toHaveLength(2)
    expect(asked.filter(({ takenBy }) => takenBy !== null)).toHaveLength(1)
    const leaflet = await Resource.findOne({ 'title.ru': 'Как не пропускать приём' }).lean()
    expect(leaflet?.missing).toEqual(['en'])
  })

  it('reviews nothing by who added it, or who wrote it', async () => {
    for (const row of await Rendition.find({ demo: true, status: 'reviewed' }).lean()) {
      const original = await Rendition.findOne({
        resource: row.resource,
        status: 'original',
      }).lean()
      expect(String(row.addedBy)).not.toBe(String(original?.addedBy))
    }
  })
})

describe('the demonstration on the home page and in the search', () => {
  it('shows lines that have drifted, as they were and as they are', async () => {
    const actor = await actorOf('coordinator.ru')
    const partnership = actor.memberships[0]?.partnershipId ?? ''
    const home = await world.services.home.readHome(actor, partnership)
    const drift = home.waitingForMe.find((item) => item.kind === 'drift' && item.unit === 'adh-18')
    expect(drift).toMatchObject({
      before: expect.stringContaining('4 weeks'),
      after: expect.stringContaining('2 weeks'),
      by: { name: { family: 'Raman' } },
    })
    const [question] = home.waitingForMe.filter(({ kind }) => kind === 'question')
    expect(question?.title.ru).toBe('Кто звонит пациенту после пропущенного визита?')
    expect(home.waitingForOthers.length).toBeGreaterThan(0)
    expect(home.changes.length).toBeGreaterThan(0)
  })

  it.each([
    ['никотин', 0],
    ['пропуски', 3],
    ['leaflet', 1],
    ['приверженностью', 2],
    ['контингент', 1],
    ['403', 1],
  ] as const)('finds “%s” at least %i times', async (q, least) => {
    const actor = await actorOf('physician.ru')
    const partnership = actor.memberships[0]?.partnershipId ?? ''
    const found = await world.services.search.search(actor, partnership, { q })
    expect(found.length).toBeGreaterThanOrEqual(least)
    if (least === 0) expect(found).toEqual([])
  })

  it('names the source wherever a real figure stands', () => {
    const texts = [
      ...PARTNERSHIPS.flatMap(({ threads }) =>
        threads.flatMap(({ posts }) =>
          posts.flatMap(({ text, translation }) => [text, translation?.text ?? '']),
        ),
      ),
      ...PARTNERSHIPS.flatMap(({ resources }) =>
        resources.flatMap(({ about }) => [about.en ?? '', about.ru ?? '']),
      ),
    ].filter((text) => /3,?500|403[, ]000/.test(text))
    expect(texts.length).toBeGreaterThanOrEqual(4)
    for (const text of texts) {
      expect(text).toMatch(
        /American International Health Alliance|Американского международного союза/,
      )
    }
  })
})

async function partnershipOf(slug: string): Promise<string> {
  const row = await Partnership.findOne({ slug }, { _id: 1 }).lean()
  if (!row) throw new Error(`${slug} is not there`)
  return String(row._id)
}

async function roleOf(partnership: unknown, user: unknown) {
  const found = await Membership.findOne({
    partnership: String(partnership),
    user: String(user),
  }).lean()
  return found?.role
}

async function actorOf(key: string): Promise<Actor> {
  const { signIn } = world.services
  const email = `${key}@demo.twinward.example`
  const { token } = await signIn.signIn(
    { email, password: 'twinward-demo' },
    { address: '127.0.0.1' },
  )
  const bearer = await readBearer({ headers: { cookie: `${SESSION_COOKIE}=${token}` } }, new Date())
  if (!bearer) throw new Error(`${key} has no session`)
  return bearer.actor
}

function hasCyrillic(text: string): boolean {
  return /[А-Яа-яЁё]/.test(text)
}

/** One packed part of an office document. */
function entryOf(file: Buffer, name: string): string {
  const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  let at = file.readUInt32LE(end + 16)
  while (file.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) =>
      file.readUInt16LE(at + offset),
    )
    const found = file.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    if (found === name) {
      const local = file.readUInt32LE(at + 42)
      const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const packed = file.subarray(start, start + file.readUInt32LE(at + 20))
      return inflateRawSync(packed).toString('utf8')
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  throw new Error(`no ${name} in it`)
}
