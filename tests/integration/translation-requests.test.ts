import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { Rendition } from '../../models/rendition'
import { TranslationRequest } from '../../models/translation-request'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'
import type { TranslationChange } from '../../shared/schemas/resources'
import { createWorld, type World } from '../setup/world'

const BOTH = { languages: ['en', 'ru'] }

let world: World
let asker: Actor
let translator: Actor
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  asker = await world.member('editor')
  translator = await world.member('reviewer', 'b', BOTH)
  coordinator = await world.member('coordinator')
})

async function item(): Promise<string> {
  const { id } = await world.services.resources.createResource(asker, world.partnershipId, {
    ...{ titleEn: 'Leaflet', titleRu: '', aboutEn: '', aboutRu: '' },
    kind: 'leaflet',
    clientKey: randomUUID(),
  })
  await addLink(id, 'en', 'original', asker)
  return id
}

function addLink(
  id: string,
  lang: Language,
  status: 'original' | 'draft' | 'translated',
  by: Actor,
) {
  const input = { intent: 'link', url: 'https://who.int/a', lang, status } as const
  return world.services.resources.changeResource(by, id, { ...input, clientKey: randomUUID() })
}

const change = (input: TranslationChange, by: Actor) =>
  world.services.resources.changeTranslation(by, world.partnershipId, input)

const ask = (targetId: string, by = asker, note?: string) =>
  change({ intent: 'ask', target: 'resource', targetId, to: 'ru', note }, by)

/** What an item shows of its open requests. */
async function requestsOf(id: string) {
  return (await world.services.resources.readResource(asker, id)).requests
}

async function toldOf(event: string): Promise<string[]> {
  const rows = await Notification.find({ event }).lean()
  return rows.map(({ user, kind }) => `${kind} ${String(user)}`).sort()
}

describe('a translation', () => {
  it('is asked for once, told to those who read both languages, shown, taken, done', async () => {
    const id = await item()
    const asked = await ask(id, asker, 'До пятницы, пожалуйста')
    expect(await ask(id, coordinator)).toEqual(asked)
    expect(await toldOf(`asked resource ${id} ru`)).toEqual([
      `translation_asked ${translator.userId}`,
    ])
    expect(await requestsOf(id)).toMatchObject([
      { id: asked.id, to: 'ru', note: 'До пятницы, пожалуйста', askedBy: { id: asker.userId } },
    ])
    await change({ intent: 'take', requestId: asked.id }, translator)
    expect(await requestsOf(id)).toMatchObject([{ takenBy: { id: translator.userId } }])
    expect(world.heard.at(-1)).toMatchObject([
      'resource:changed',
      { resource: { id, requests: [{ id: asked.id, takenBy: { id: translator.userId } }] } },
    ])
    // it is not there yet, nor is a draft of it
    const done = { intent: 'done', requestId: asked.id } as const
    await expect(change(done, translator)).rejects.toMatchObject({ code: 'conflict' })
    await addLink(id, 'ru', 'draft', translator)
    await expect(change(done, translator)).rejects.toMatchObject({ code: 'conflict' })
    await Rendition.updateOne({ resource: id, lang: 'ru' }, { $set: { status: 'translated' } })
    await change(done, translator)
    await change(done, translator)
    expect(await requestsOf(id)).toEqual([])
    expect(await toldOf(`done ${asked.id}`)).toEqual([`translation_done ${asker.userId}`])
  })

  it('is done when it is there, and the asker is told once; a draft is not yet one', async () => {
    const id = await item()
    const asked = await ask(id)
    await addLink(id, 'ru', 'draft', translator)
    expect(await requestsOf(id)).toHaveLength(1)
    await addLink(id, 'ru', 'translated', translator)
    expect(await requestsOf(id)).toEqual([])
    await addLink(id, 'ru', 'translated', translator)
    expect(await toldOf(`done ${asked.id}`)).toEqual([`translation_done ${asker.userId}`])
    expect(
      world.heard.some(
        ([event, fact]) =>
          event === 'notifications:changed' && 'userId' in fact && fact.userId === asker.userId,
      ),
    ).toBe(true)
  })

  it('is done when a draft of it is called translated', async () => {
    const id = await item()
    await ask(id)
    const { renditions } = await addLink(id, 'ru', 'draft', translator)
    const renditionId = renditions.find(({ lang }) => lang === 'ru')?.id ?? ''
    const status = { intent: 'status', renditionId, status: 'translated' } as const
    await world.services.resources.changeResource(translator, id, status)
    expect(await requestsOf(id)).toEqual([])
  })

  it('is asked for once when many ask at the same moment', async () => {
    const id = await item()
    const asked = await Promise.all([ask(id), ask(id, coordinator), ask(id, translator)])
    expect(new Set(asked.map((each) => each.id)).size).toBe(1)
    expect(await TranslationRequest.countDocuments({ targetId: id })).toBe(1)
  })

  it('is told to the coordinators where nobody reads both languages', async () => {
    const own = await createWorld()
    const [by, first] = [await own.member('editor'), await own.member('coordinator', 'b')]
    await own.member('viewer', 'a', BOTH)
    const { id } = await own.services.resources.createResource(by, own.partnershipId, {
      ...{ titleEn: 'Leaflet', titleRu: '', aboutEn: '', aboutRu: '' },
      kind: 'leaflet',
      clientKey: randomUUID(),
    })
    const input = { intent: 'ask', target: 'resource', targetId: id, to: 'ru' } as const
    const version = {
      intent: 'link',
      url: 'https://who.int/a',
      lang: 'en',
      status: 'draft',
    } as const
    await own.services.resources.changeResource(by, id, { ...version, clientKey: randomUUID() })
    await own.services.resources.changeTranslation(by, own.partnershipId, input)
    expect(await toldOf(`asked resource ${id} ru`)).toEqual([`translation_asked ${first.userId}`])
  })
})

describe('asking and withdrawing', () => {
  /** Unread and read notices of that item. */
  const noticesOf = async (id: string) => {
    const rows = await Notification.find({ resource: id, kind: 'translation_asked' }).lean()
    return { unread: rows.filter((row) => !row.readAt).length, all: rows.length }
  }

  it('leaves nobody more than one unread notice, and none when it is withdrawn', async () => {
    const id = await item()
    for (let count = 0; count < 3; count++) {
      const { id: requestId } = await ask(id)
      expect(await noticesOf(id)).toEqual({ unread: 1, all: 1 })
      await change({ intent: 'withdraw', requestId }, asker)
      expect(await noticesOf(id)).toEqual({ unread: 0, all: 0 })
      expect(world.heard.slice(-2)[0]).toEqual([
        'notifications:changed',
        { userId: translator.userId, notificationId: null },
      ])
    }
  })

  it('is told anew to who has read of it, and only then', async () => {
    const id = await item()
    const { id: first } = await ask(id)
    await Notification.updateMany({ resource: id }, { $set: { readAt: new Date() } })
    await change({ intent: 'withdraw', requestId: first }, asker)
    expect(await noticesOf(id)).toEqual({ unread: 0, all: 1 })
    await ask(id)
    expect(await noticesOf(id)).toEqual({ unread: 1, all: 2 })
    // done without being read: asked for once more it is still unread
    await addLink(id, 'ru', 'translated', translator)
    await addLink(id, 'en', 'original', asker)
    await ask(id)
    expect(await noticesOf(id)).toEqual({ unread: 1, all: 2 })
  })

  it('is refused for the language of the original, and where there is no version at all', async () => {
    const id = await item()
    const english = { intent: 'ask', target: 'resource', targetId: id, to: 'en' } as const
    await expect(change(english, asker)).rejects.toMatchObject({ code: 'conflict' })
    const { renditions } = await world.services.resources.readResource(asker, id)
    const renditionId = renditions[0]?.id ?? ''
    await world.services.resources.changeResource(asker, id, { intent: 'remove', renditionId })
    await expect(ask(id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await TranslationRequest.countDocuments({ targetId: id })).toBe(0)
  })
})

describe('who may do what with a request', () => {
  it('is taken by one person; giving back frees it', async () => {
    const { id: requestId } = await ask(await item())
    await change({ intent: 'take', requestId }, translator)
    await change({ intent: 'take', requestId }, translator)
    await expect(change({ intent: 'take', requestId }, asker)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(change({ intent: 'giveBack', requestId }, asker)).rejects.toMatchObject({
      code: 'conflict',
    })
    await change({ intent: 'giveBack', requestId }, translator)
    await change({ intent: 'take', requestId }, asker)
  })

  it('is taken by exactly one of two who want it at once', async () => {
    const { id: requestId } = await ask(await item())
    const taken = await Promise.allSettled(
      [translator, coordinator].map((by) => change({ intent: 'take', requestId }, by)),
    )
    expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is withdrawn by who asked or by a coordinator, then free to be asked for again', async () => {
    const id = await item()
    const { id: requestId } = await ask(id)
    await expect(change({ intent: 'withdraw', requestId }, translator)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await change({ intent: 'withdraw', requestId }, coordinator)
    expect(await requestsOf(id)).toEqual([])
    await expect(change({ intent: 'take', requestId }, translator)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await ask(id)).id).not.toBe(requestId)
  })

  it.each([
    ['viewer', 'forbidden'],
    ['observer', 'forbidden'],
  ] as const)('is nothing for a %s', async (role, code) => {
    await expect(ask(await item(), await world.member(role))).rejects.toMatchObject({ code })
  })

  it('is nothing for strangers, nor over another partnership’s address', async () => {
    const id = await item()
    await expect(ask(id, await world.stranger())).rejects.toMatchObject({ code: 'not_found' })
    const { id: requestId } = await ask(id)
    const other = await createWorld()
    const member = await other.member('coordinator')
    for (const input of [
      { intent: 'take', requestId },
      { intent: 'ask', target: 'resource', targetId: id, to: 'ru' },
      { intent: 'ask', target: 'reply', targetId: id, to: 'ru' },
    ] as const) {
      await expect(
        other.services.resources.changeTranslation(member, other.partnershipId, input),
      ).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('a post', () => {
  it('shows that its translation is asked for and taken, to whoever hears it or was away', async () => {
    const { discussions } = world.services
    const { id: threadId } = await discussions.createThread(asker, world.partnershipId, {
      ...{ titleEn: '', titleRu: 'Пропуск приёма', lang: 'ru', text: 'Кто звонит пациенту?' },
      tags: [],
      clientKey: randomUUID(),
    })
    const { replies, rev } = await discussions.openThread(asker, threadId)
    const targetId = replies[0]?.id ?? ''
    const input = { intent: 'ask', target: 'reply', targetId, to: 'en' } as const
    const { id: requestId } = await change(input, coordinator)
    expect(world.heard.at(-1)).toMatchObject([
      'reply:changed',
      { id: targetId, request: { id: requestId, to: 'en', takenBy: null } },
    ])
    expect(await toldOf(`asked reply ${targetId} en`)).toEqual([
      `translation_asked ${translator.userId}`,
    ])
    await expect(change({ intent: 'done', requestId }, coordinator)).rejects.toMatchObject({
      code: 'conflict',
    })
    await change({ intent: 'take', requestId }, translator)
    const missed = await discussions.catchUp(asker, threadId, rev)
    expect(missed.replies).toMatchObject([
      { id: targetId, request: { takenBy: { id: translator.userId } } },
    ])
    await expect(change({ ...input, to: 'ru' }, coordinator)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('goes with its post, and nobody is asked for it any more', async () => {
    const { discussions } = world.services
    const { id: threadId } = await discussions.createThread(asker, world.partnershipId, {
      ...{ titleEn: '', titleRu: 'Ночной звонок', lang: 'ru', text: 'Кому звонить ночью?' },
      tags: [],
      clientKey: randomUUID(),
    })
    const { replies } = await discussions.openThread(asker, threadId)
    const targetId = replies[0]?.id ?? ''
    const { id } = await change({ intent: 'ask', target: 'reply', targetId, to: 'en' }, coordinator)
    await discussions.deleteReply(asker, { threadId, replyId: targetId })
    expect(await TranslationRequest.findById(id).lean()).toMatchObject({
      open: false,
      doneAt: null,
    })
    await expect(
      change({ intent: 'ask', target: 'reply', targetId, to: 'en' }, coordinator),
    ).rejects.toMatchObject({ code: 'not_found' })
    const waiting = await world.services.home.readHome(translator, world.partnershipId)
    expect(JSON.stringify(waiting)).not.toContain('Ночной звонок')
  })
})
