import { expect, it } from 'vitest'
import type { Actor } from '../../shared/actor'
import type { PollView } from '../../shared/room-views'
import type { RoomAct } from '../../shared/schemas/workshop-room'
import { acting, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld } from '../setup/world'

it('free answers are translated under a name, without whose they are', async () => {
  const world = await createWorld()
  const [facilitator, editor, viewer] = await Promise.all([
    world.member('editor', 'b'),
    world.member('editor', 'a'),
    world.member('viewer'),
  ])
  const row = await liveWorkshop(world, facilitator)
  const { workshopRoom } = world.services
  const act = (actor: Actor, done: RoomAct) => workshopRoom.act(actor, String(row._id), done)
  const asked = { form: 'text', promptEn: 'What helps?', promptRu: 'Что помогает?' }
  const { item: made } = await act(facilitator, acting('make_poll', asked))
  const item = made?.id
  await act(facilitator, acting('open_poll', { item }))
  await act(viewer, acting('vote', { item, choices: [], text: 'Звонок.', lang: 'ru' }))
  const words = { item, answer: 'Звонок.', text: 'A call.', lang: 'en' }
  const read = async (actor: Actor) => {
    const { items } = await workshopRoom.openRoom(actor, String(row._id))
    return items.find(({ id }) => id === item) as PollView
  }
  // what is not shown yet nobody asks for, or translates
  for (const done of [acting('translate_answer', words), acting('ask_translation', { item })]) {
    await expect(act(editor, done), done.act).rejects.toMatchObject({ code: 'not_found' })
  }
  await act(facilitator, acting('show_results', { item, on: true }))
  await expect(act(viewer, acting('translate_answer', words))).rejects.toMatchObject({
    code: 'forbidden',
  })
  await act(viewer, acting('ask_translation', { item }))
  expect(await read(editor)).toMatchObject({ translationAsked: true, translations: [] })
  const unsaid = acting('translate_answer', { ...words, answer: 'Письмо.' })
  await expect(act(editor, unsaid)).rejects.toMatchObject({ code: 'not_found' })
  await act(editor, acting('translate_answer', words))
  const translation = { text: 'A call.', lang: 'en', by: { userId: editor.userId } }
  expect(await read(viewer)).toMatchObject({
    translationAsked: false,
    translations: [{ said: 'Звонок.', translation }],
  })
  // with the words their translation goes
  await act(facilitator, acting('blank_answer', { item, text: 'Звонок.' }))
  expect(JSON.stringify(await read(facilitator))).not.toContain('A call.')
})
