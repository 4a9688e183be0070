import { createHash, randomUUID } from 'node:crypto'
import { Notification } from '../../../models/notification'
import { Rendition } from '../../../models/rendition'
import { User } from '../../../models/user'
import { readBearer } from '../../../server/auth/sessions'
import type { Actor } from '../../../shared/actor'
import type { Role, Standing } from '../../../shared/policy'
import { liveWorkshop } from '../../fixtures/live-workshop'
import { materialIn } from '../../fixtures/materials'
import { pdf } from '../files'
import { pathOf, tusOf } from '../tus'
import { createWorld, type World } from '../world'
import type { On } from './door'
import { keepCopy, writeBoth } from './live'
import { pagesFromSources } from './pages'

/** Somebody as a door meets them; an actor without a session is nobody. */
export type Who = { standing: Standing; actor: Actor | null; cookie: string | undefined }

export type Things = {
  draft: string
  published: string
  thread: string
  reply: string
  item: string
  link: string
  file: string
  /** A kept copy of the draft. */
  copy: string
  /** A protocol with words in both languages, and what it says. */
  marked: string
  /** One that is going on, run by the keeper; a file that is among its materials. */
  workshop: string
  material: string
}

export type House = Awaited<ReturnType<typeof openHouse>>

/** A word of the published protocol's title and of the draft's, for the search. */
export const PUBLISHED_WORD = 'Quarterly'
export const DRAFT_WORD = 'Unfinished'

/** Collections that a refused request may write to: sessions, limits, the record of refusals. */
const NOT_STATE = /^(?:sessions|rate_?limits?.*|audit_entries|system\..*)$/

/** The whole product on a port, a partnership with a thing of each kind, and somebody of each standing. */
export async function openHouse() {
  const world = await createWorld()
  const elsewhere = await createWorld()
  const { origin } = await world.serve(await pagesFromSources())
  const keeper = await world.member('coordinator', 'b', { languages: ['en', 'ru'] })
  const things = await furnish(world, origin, keeper)

  async function who(standing: Standing, known: Actor): Promise<Who> {
    const cookie = await world.cookie(known)
    const bearer = await readBearer({ headers: { cookie } }, world.clock.now())
    return { standing, actor: bearer?.actor ?? null, cookie }
  }
  const member = async (role: Role) =>
    who(role, await world.member(role, 'a', { languages: ['en', 'ru'] }))
  const removed = await world.member('editor')
  await world.remove(removed)
  const admin = await world.admin()
  await User.updateOne({ _id: admin.userId }, { $set: { languages: ['en', 'ru'] } })
  const people: Record<Standing, Who> = {
    programmeAdmin: await who('programmeAdmin', admin),
    coordinator: await member('coordinator'),
    editor: await member('editor'),
    reviewer: await member('reviewer'),
    viewer: await member('viewer'),
    observer: await member('observer'),
    removed: await who('removed', removed),
    anonymous: { standing: 'anonymous', actor: null, cookie: undefined },
    outsider: await who('outsider', await elsewhere.member('coordinator')),
  }
  const members = await world.services.partnerships.listMembers(keeper, world.partnershipId)
  const told = [...Object.values(people)].flatMap(({ standing, actor }) =>
    actor && !['programmeAdmin', 'outsider'].includes(standing) ? [actor.userId] : [],
  )
  const notice = { kind: 'mention' as const, by: keeper.userId, thread: things.thread }
  for (const user of told) {
    const to = { partnership: world.partnershipId, user, event: `seeded ${user}` }
    await Notification.create([{ ...notice, ...to, at: new Date() }])
  }
  return {
    /** Who has a notification of the partnership: its members, and who was one. */
    told,
    /** What tells of the partnership's people: an observer gets none of it. */
    names: members.flatMap(({ userId, email, name }) => [userId, email ?? '', name.family]),
    world,
    elsewhere,
    origin,
    keeper: await who('coordinator', keeper),
    things,
    people,
    base: `/partnerships/${world.slug}`,
    member,
    /** What somebody is by now. */
    async now({ cookie }: Who): Promise<Actor> {
      const bearer = await readBearer({ headers: { cookie } }, world.clock.now())
      if (!bearer) throw new Error('nobody is nobody')
      return bearer.actor
    },
    /** Hash of all that is stored, but what a refusal may leave. */
    state: async () => {
      const { collections } = await world.db.command({ dbHash: 1 })
      const kept = Object.entries(collections as Record<string, string>)
      const told = kept.filter(([name]) => !NOT_STATE.test(name)).toSorted()
      return createHash('sha256').update(JSON.stringify(told)).digest('hex')
    },
  }
}

const described = { aboutEn: '', aboutRu: '', titleRu: '', kind: 'leaflet' } as const

async function furnish(world: World, origin: string, keeper: Actor): Promise<Things> {
  const { services, partnershipId } = world
  const draft = await world.protocol()
  const published = await world.protocol({ status: 'approved' })
  const rename = (id: string, titleEn: string) =>
    services.protocols.renameProtocol(keeper, id, { titleEn, titleRu: '' })
  await rename(draft, `${DRAFT_WORD} doses`)
  await rename(published, `${PUBLISHED_WORD} doses`)
  // the search knows what was published when it was last noted
  await world.db
    .collection('search_texts')
    .updateMany({ 'title.en': new RegExp(PUBLISHED_WORD) }, { $set: { published: true } })
  const cookie = await world.cookie(keeper)
  const thread = await openThread(world, keeper)
  const item = await addItem(world, keeper)
  const material = await materialIn(world, keeper)
  const workshop = await liveWorkshop(world, keeper, { materials: [material.item] })
  return {
    draft,
    published,
    ...thread,
    item,
    link: await addLink(world, keeper, item),
    file: await sendFile(origin, cookie, item),
    marked: await writeBoth(world, origin, cookie),
    workshop: String(workshop._id),
    material: material.rendition,
    copy: await keepCopy(world, origin, cookie, { partnership: partnershipId, room: draft }),
  }
}

/** A new thread with one post. */
export async function openThread({ services, partnershipId }: World, by: Actor) {
  const { id: thread } = await services.discussions.createThread(by, partnershipId, {
    titleEn: 'Who calls the patient?',
    titleRu: '',
    lang: 'en',
    text: 'First.',
    tags: [],
    clientKey: randomUUID(),
  })
  const { items } = await services.discussions.listReplies(by, thread, { seq: 0, limit: 1 })
  return { thread, reply: items[0]?.id ?? '' }
}

/** A new item of the library. */
export async function addItem({ services, partnershipId }: World, by: Actor): Promise<string> {
  const input = { ...described, titleEn: 'Missed doses', clientKey: randomUUID() }
  return (await services.resources.createResource(by, partnershipId, input)).id
}

/** A link in it, as a language version. */
export async function addLink({ services }: World, by: Actor, item: string): Promise<string> {
  const link = { intent: 'link', url: 'https://example.org/', lang: 'en', status: 'draft' } as const
  await services.resources.changeResource(by, item, { ...link, clientKey: randomUUID() })
  const its = { resource: item, addedBy: by.userId, current: true }
  const row = await Rendition.findOne({ ...its, url: link.url }).lean()
  return String(row?._id)
}

/** A file in it, sent through its door. */
export async function sendFile(
  origin: string,
  cookie: string,
  resourceId: string,
  bytes = pdf(),
): Promise<string> {
  const tus = tusOf(origin, cookie)
  const metadata = { filename: 'leaflet.pdf', resourceId, lang: 'ru', status: 'draft' }
  const path = pathOf(await tus.create(bytes.length, metadata))
  await tus.patch(path, 0, bytes)
  const row = await Rendition.findOne({ resource: resourceId, file: { $ne: null } }).lean()
  return String(row?._id)
}

/** Somebody who is signed in. */
export function ownerOf({ actor }: Who) {
  if (!actor) throw new Error('nobody owns nothing')
  return actor
}

/** Whose everything is that was there before. */
export function keeperOf({ keeper }: House) {
  return ownerOf(keeper)
}

/** Whose a thing is that an operation is tried on. */
export function authorOf(house: House, who: Who, on: On) {
  return on === 'own' ? ownerOf(who) : keeperOf(house)
}
