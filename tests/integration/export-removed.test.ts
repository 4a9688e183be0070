import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { strFromU8, unzipSync } from 'fflate'
import { Types } from 'mongoose'
import { expect, it } from 'vitest'
import { Export } from '../../models/export'
import { Rendition } from '../../models/rendition'
import { SlideDeck } from '../../models/slide-deck'
import type { Storage } from '../../server/ports'
import { createServices } from '../../server/services'
import { exportKey } from '../../server/services/exports'
import { acting, castVote, guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

/** Of more pieces than are read ahead. */
const LEAFLET = Buffer.alloc(2_000_000, 'leaflet ')
const SLIDE = Buffer.from('as it was drawn')

async function addVersion(world: World): Promise<{ id: string; key: string }> {
  const key = `test-${randomUUID()}`
  await world.storage.append(key, 0, LEAFLET)
  const file = { key, name: 'leaflet.pdf', mediaType: 'application/pdf', bytes: LEAFLET.length }
  const { _id } = await Rendition.create({
    ...{ partnership: world.partnershipId, resource: new Types.ObjectId(), lang: 'en' },
    ...{ status: 'original', file: { ...file, sha256: '0'.repeat(64) } },
    ...{ addedBy: new Types.ObjectId(), addedAt: new Date(), current: true },
  })
  return { id: String(_id), key }
}

async function addDeck(world: World): Promise<{ id: string; key: string }> {
  const key = `test-${randomUUID()}`
  await world.storage.append(key, 0, SLIDE)
  const page = { key, mediaType: 'image/png', bytes: SLIDE.length, width: 4, height: 3, text: '' }
  const { _id } = await SlideDeck.create({
    ...{ partnership: world.partnershipId, workshop: new Types.ObjectId(), title: { en: 'A' } },
    ...{ lang: 'en', resource: new Types.ObjectId(), rendition: new Types.ObjectId() },
    ...{ state: 'ready', pages: [page], createdBy: new Types.ObjectId(), at: new Date() },
    clientKey: randomUUID(),
  })
  return { id: String(_id), key }
}

/** The archive as it is built with a storage whose reading does something beside. */
async function builtWhile(world: World, read: Storage['read']) {
  const coordinator = await world.member('coordinator')
  const storage = { ...world.storage, read }
  const { exports } = createServices({ ...world.ports, storage })
  const { id } = await exports.exportPartnership(coordinator, world.partnershipId)
  await exports.buildExports()
  const row = await Export.findById(id).lean()
  const bytes = await world.storage.read(exportKey(new Types.ObjectId(id))).toArray()
  const files = unzipSync(Buffer.concat(bytes))
  const text = (path: string) => strFromU8(files[path] ?? new Uint8Array())
  return { row, names: Object.keys(files), manifest: JSON.parse(text('manifest.json')), text }
}

it('an archive leaves out slides that were removed before their turn, and says so', async () => {
  const world = await createWorld()
  const [version, gone, kept] = [
    await addVersion(world),
    await addDeck(world),
    await addDeck(world),
  ]
  const { row, names, manifest } = await builtWhile(world, (key, range) => {
    if (key !== version.key) return world.storage.read(key, range)
    const removing = async function* () {
      await SlideDeck.deleteOne({ _id: gone.id })
      await world.storage.remove(gone.key)
      yield* world.storage.read(key, range)
    }
    return Readable.from(removing(), { objectMode: false })
  })
  expect(row).toMatchObject({ state: 'ready', attempt: 1, problems: 0 })
  const [lost, there] = [gone, kept].map(({ id }) => `workshops/slides/${id}/1.png`)
  expect(manifest).toMatchObject({ removed: [lost], problems: [] })
  expect(names).toContain(there)
  const listed = manifest.files.map(({ path }: { path: string }) => path)
  expect([...listed, 'manifest.json'].toSorted()).toEqual(names.toSorted())
})

it('an archive is begun anew where a file goes while it is read', async () => {
  const world = await createWorld()
  const version = await addVersion(world)
  const deck = await addDeck(world)
  const { row, names, manifest, text } = await builtWhile(world, (key, range) => {
    if (key !== version.key) return world.storage.read(key, range)
    const removing = async function* () {
      for await (const part of world.storage.read(key, range)) {
        yield part
        await Rendition.deleteOne({ _id: version.id })
        await world.storage.remove(key)
      }
    }
    return Readable.from(removing(), { objectMode: false })
  })
  expect(row).toMatchObject({ state: 'ready', attempt: 1, problems: 0 })
  expect(names.filter((name) => name.includes(version.id))).toEqual([])
  expect(names).toContain(`workshops/slides/${deck.id}/1.png`)
  // nothing that was said of it in the first run is in the archive
  expect(text('library/versions.json')).not.toContain(version.id)
  expect(manifest).toMatchObject({ removed: [], problems: [] })
})

it('an archive is not made of a file that is damaged', async () => {
  const world = await createWorld()
  const version = await addVersion(world)
  await world.db
    .collection<{ _id: { f: string; at: number } }>('file_pieces')
    .deleteOne({ '_id.f': version.key, '_id.at': { $gt: 300_000 } })
  const coordinator = await world.member('coordinator')
  const { exports } = world.services
  const { id } = await exports.exportPartnership(coordinator, world.partnershipId)
  await exports.buildExports()
  expect(await Export.findById(id).lean()).toMatchObject({ state: 'failed', attempt: 3 })
})

it('words that are taken out of a room are in no archive that is ready', async () => {
  const world = await createWorld()
  const coordinator = await world.member('coordinator')
  const workshop = await liveWorkshop(world, coordinator)
  const id = String(workshop._id)
  const { exports, workshopRoom, learning } = world.services
  const act = async (...said: Parameters<typeof acting>) =>
    (await workshopRoom.act(coordinator, id, acting(...said))).item?.id ?? ''
  const item = await act('say', { text: 'Сказано лишнее', lang: 'ru' })
  const poll = await act('make_poll', { form: 'text', promptEn: 'And?' })
  await act('open_poll', { item: poll })
  const guest = await guestIn(workshop)
  const words = { item: poll, choices: [], text: 'Сказано лишнее', lang: 'ru' }
  await castVote(world, guest, workshop, acting('vote', words))
  const takenOut = [
    () => act('delete', { item }),
    () => act('blank_answer', { item: poll, text: 'Сказано лишнее' }),
    () => learning.blankVoice(coordinator, id, { name: 'willChange', text: 'Сказано лишнее' }),
  ]
  for (const takeOut of takenOut) {
    const { id: archive } = await exports.exportPartnership(coordinator, world.partnershipId)
    await Export.updateOne({ _id: archive }, { $set: { state: 'ready' } })
    await takeOut()
    expect(await Export.exists({ _id: archive })).toBeNull()
  }
})
