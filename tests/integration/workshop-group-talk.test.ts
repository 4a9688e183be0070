import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import type { WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import type { GroupView, MessageView } from '../../shared/room-views'
import type { RoomAct } from '../../shared/schemas/workshop-room'
import { acting, liveWorkshop, reread } from '../fixtures/live-workshop'
import { idOf, openRooms, type Rooms } from '../fixtures/open-rooms'
import { type Client, listenTo, next } from '../setup/sockets'
import type { World } from '../setup/world'

let world: World
let rooms: Rooms
let facilitator: Actor
let row: WorkshopRow
/** Two of one group, somebody of the other, with their lines; and who runs the room. */
let [ann, ben, cid]: Actor[] = []
let lines: Client[]
let groups: GroupView[]
beforeAll(async () => {
  rooms = await openRooms()
  ;({ world, facilitator } = rooms)
  row = await liveWorkshop(world, facilitator)
  ;[ann, ben, cid] = await Promise.all([1, 2, 3].map(() => world.member('viewer')))
  lines = []
  for (const each of [ann, ben, cid, facilitator]) {
    lines.push(await rooms.comeIn(each as Actor, row))
  }
  await act(facilitator, acting('make_groups', { count: 2, by: 'chance', minutes: 5 }))
  groups = (await open(facilitator)).items.flatMap((item) => (item.kind === 'group' ? item : []))
  for (const [who, at] of [ann, ben, cid].map((who, at) => [who, at < 2 ? 0 : 1] as const)) {
    await move(who as Actor, at)
  }
})

const act = (actor: Actor | undefined, done: RoomAct) => rooms.act(actor as Actor, row, done)
const open = (actor: Actor | undefined) =>
  world.services.workshopRoom.openRoom(actor as Actor, idOf(row))
const move = async (actor: Actor, at: number) => {
  const participant = (await open(actor)).me.id
  await act(facilitator, acting('move_to_group', { item: groups[at]?.id, participant }))
}
const toGroup = (text: string, fields: object = {}) =>
  acting('say', { text, lang: 'en', group: groups[0]?.id, ...fields })
const textOf = (told: unknown) => JSON.stringify(told)

describe('what is said in a group', () => {
  it('is heard by those in it and by whoever runs the room, and is a number to others', async () => {
    const [anns, bens, cids, staffs] = lines.map(listenTo) as [string, unknown][][]
    const said = toGroup('Among the two of us.')
    const { item } = await act(ann, said)
    expect((await act(ann, said)).item?.id).toBe(item?.id)
    const { item: last } = await act(facilitator, acting('say', { text: 'All.', lang: 'en' }))
    expect(last?.kind).toBe('message')
    await expect.poll(() => textOf(cids)).toContain('All.')
    for (const heard of [anns, bens, staffs]) {
      await expect.poll(() => textOf(heard)).toContain('Among the two of us.')
    }
    expect(textOf(cids)).not.toContain('Among')
    const { id, rev, born } = item as MessageView
    const hidden = { workshopId: idOf(row), item: { kind: 'hidden', id, rev, born } }
    expect(cids).toContainEqual(['workshop:item', hidden])

    const { workshopRoom } = world.services
    const everything = (actor: Actor | undefined) =>
      Promise.all([
        open(actor),
        workshopRoom.catchUp(actor as Actor, idOf(row), 0),
        workshopRoom.listEarlier(actor as Actor, idOf(row), 1_000),
        workshopRoom.listEarlier(actor as Actor, idOf(row), 1_000, 'groups'),
      ])
    const theirs = await everything(cid)
    expect(textOf(theirs)).not.toContain('Among')
    // no number is missing, so that nobody asks for it in vain
    expect(theirs[1].items.map((each) => each.rev)).toContain(rev)
    for (const actor of [ben, facilitator]) {
      for (const [at, told] of (await everything(actor)).entries()) {
        expect(textOf(told).includes('Among'), String(at)).toBe(at !== 2)
      }
    }
  })

  it('is nothing to those outside it, whatever they do with its number', async () => {
    const { item } = await act(ben, toGroup('Ours alone.'))
    const which = { item: item?.id }
    const before = await reread(row)
    for (const done of [
      toGroup('Let me in.'),
      acting('ask_translation', which),
      acting('delete', which),
    ]) {
      await expect(act(cid, done), done.act).rejects.toMatchObject({ code: 'not_found' })
    }
    const editor = await world.member('editor', 'a')
    const words = { ...which, of: 'text', text: 'Только наше.', lang: 'ru' }
    await expect(act(editor, acting('translate', words))).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await reread(row)).roomRev).toBe(before.roomRev)
    expect((await act(ann, acting('ask_translation', which))).item).toMatchObject({
      translationAsked: true,
    })
    await act(facilitator, acting('translate', words))
    await act(facilitator, acting('delete', which))
    const gone = (await open(ann)).items.find(({ id }) => id === item?.id)
    expect(gone).toMatchObject({ text: '', translation: null })
    const [fact] = await AuditEntry.find({ kind: 'said:deleted', 'subject.item': item?.id })
    expect(textOf(fact)).not.toContain('alone')
    const patient = toGroup('Пациент Иванов Иван, 12.03.1984', { lang: 'ru' })
    await expect(act(ben, patient)).rejects.toMatchObject({ code: 'patient_data' })
  })

  it('goes with whoever is moved, ends with the groups, and stays theirs', async () => {
    await act(ann, toGroup('Before you came.'))
    const line = await rooms.comeIn(cid as Actor, row)
    const told = next(line, 'workshop:door')
    await move(cid as Actor, 0)
    await told
    expect(textOf(await open(cid))).toContain('Before you came.')
    await move(ann as Actor, 1)
    expect(textOf(await open(ann))).not.toContain('Before you came.')
    await act(facilitator, acting('call_back'))
    await expect(act(ben, toGroup('Too late.'))).rejects.toMatchObject({ code: 'conflict' })
    await world.services.workshops.moveWorkshop(facilitator, idOf(row), {
      verb: 'close',
      reason: '',
    })
    for (const actor of [ben, cid, facilitator]) {
      expect(textOf(await open(actor))).toContain('Before you came.')
    }
    expect(textOf(await open(ann))).not.toContain('Before you came.')
  })
})
