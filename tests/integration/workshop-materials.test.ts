import { beforeAll, expect, it } from 'vitest'
import { GuestSession } from '../../models/guest-session'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { comeAsGuest, guestCookieOf, guestOf, linkTo } from '../fixtures/guests'
import { liveWorkshop } from '../fixtures/live-workshop'
import { materialIn } from '../fixtures/materials'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator')
})

const row = (resource: string) => ({ minutes: 5, title: { en: 'Row' }, spoken: 'en', resource })

async function guestIn(workshop: WorkshopRow) {
  const link = await linkTo(world, facilitator, workshop)
  const token = await comeAsGuest(world, workshop, link, `${Math.random()}@clinic.example`)
  return { token, cookie: guestCookieOf(token), id: (await guestOf(token)).userId }
}

it('materials of a workshop are listed and opened to its guests, once they are in', async () => {
  const { services } = world
  const { origin } = await world.serve()
  const [listed, inRow, other] = await Promise.all(
    [0, 1, 2].map(() => materialIn(world, facilitator)),
  )
  if (!listed || !inRow || !other) throw new Error('no materials')
  const russian = await materialIn(world, facilitator, { lang: 'ru', item: listed.item })
  const draft = await materialIn(world, facilitator, { status: 'draft' })
  const plan = { materials: [listed.item, draft.item], agenda: [row(inRow.item)], guests: true }
  const workshop = await liveWorkshop(world, facilitator, plan)
  const elsewhere = await liveWorkshop(world, facilitator, { ...plan, agenda: [] })
  const id = String(workshop._id)
  const [guest, stranger] = [await guestIn(workshop), await guestIn(elsewhere)]
  const get = async (rendition: string, { cookie } = guest, at = id) =>
    (await fetch(`${origin}/materials/${at}/${rendition}`, { headers: { cookie } })).status
  const letIn = (on: boolean, { id: place } = guest, at = id) =>
    services.workshopDoor.letIn(facilitator, at, place, on)

  await letIn(true, stranger, String(elsewhere._id))
  expect(await get(listed.rendition)).toBe(404)
  await letIn(true)
  // their language first, of a draft nothing, of the agenda what its row names
  const materials = await services.workshopMaterials.listMaterials(await guestOf(guest.token), id)
  expect(materials.map(({ versions }) => versions.map(({ lang }) => lang))).toEqual([
    ['ru', 'en'],
    [],
    ['en'],
  ])
  expect(materials[2]?.rows).toEqual([{ en: 'Row' }])
  const answer = await fetch(`${origin}${materials[0]?.versions[0]?.href}`, {
    headers: { cookie: guest.cookie },
  })
  expect(answer.headers.get('content-disposition')).toContain('ru.pdf')
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(40).fill(7))

  for (const rendition of [russian, listed, inRow]) expect(await get(rendition.rendition)).toBe(200)
  for (const rendition of [other, draft]) expect(await get(rendition.rendition)).toBe(404)
  // not by a guest of another workshop, nor through a workshop that it does not belong to
  expect(await get(listed.rendition, stranger)).toBe(401)
  expect(await get(inRow.rendition, stranger, String(elsewhere._id))).toBe(404)
  await letIn(false)
  expect(await get(listed.rendition)).toBe(404)
  await letIn(true)
  await Workshop.updateOne({ _id: id }, { $set: { status: 'cancelled' } })
  expect(await get(listed.rendition)).toBe(404)
})

it('a material on its way to a guest is cut when their door closes', async () => {
  const { rendition, item } = await materialIn(world, facilitator, {
    bytes: new Uint8Array(3_000_000),
  })
  const workshop = await liveWorkshop(world, facilitator, { materials: [item], guests: true })
  const id = String(workshop._id)
  const { token, id: place } = await guestIn(workshop)
  const { workshopDoor, workshopMaterials } = world.services
  await workshopDoor.letIn(facilitator, id, place, true)
  const open = async () =>
    (await workshopMaterials.openMaterial(await guestOf(token), id, rendition)).read()
  const whole = await open()
  let bytes = 0
  for await (const chunk of whole) bytes += chunk.length
  expect(bytes).toBe(3_000_000)

  const cut = await open()
  await workshopDoor.letIn(facilitator, id, place, false)
  const ending = async () => {
    for await (const _ of cut) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await expect(ending()).rejects.toMatchObject({ name: 'AppError' })
  expect(await GuestSession.countDocuments({ participant: place })).toBe(1)
})
