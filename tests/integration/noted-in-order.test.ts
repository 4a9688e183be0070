import { describe, expect, it } from 'vitest'
import { Attention } from '../../models/attention'
import { Protocol } from '../../models/protocol'
import type { Actor } from '../../shared/actor'
import { paperProtocol } from '../setup/paper-protocol'
import { createWorld } from '../setup/world'

/** Two processes have the same document open; each notes what it sees of it, and after which row. */
async function twoProcesses() {
  const [a, b] = [await createWorld(), await createWorld()]
  const [writer, editor] = [await a.member('editor'), await a.member('editor', 'b')]
  const paper = await paperProtocol(a)
  paper.both('u1', 'Call within three days.', 'Позвоните в течение трёх дней.')
  await paper.mark('u1', writer)
  const agreed = paper.read()
  paper.write('u1', 'en', 'Call within two days.')
  const drifted = paper.read()
  type Seen = typeof agreed
  type Writers = Parameters<typeof a.services.protocols.noteSettled>[3]
  const note = (on: typeof a, seen: Seen, by: Actor, writers: Writers) =>
    on.services.protocols.noteSettled(
      paper.at,
      seen,
      { userId: by.userId, at: new Date() },
      writers,
    )
  const noted = async () => {
    const row = await Protocol.findById(paper.id).lean()
    const drifts = await Attention.countDocuments({ protocol: paper.id, kind: 'drift' })
    return { drifted: row?.counts.drifted, drifts, seq: row?.notedSeq, by: String(row?.editedBy) }
  }
  return { a, b, writer, editor, paper, agreed, drifted, note, noted }
}

describe('what several processes note of a document', () => {
  it('is the newer state, though the older one is noted later', async () => {
    const { a, b, writer, editor, agreed, drifted, note, noted } = await twoProcesses()
    await note(a, agreed, writer, { seq: 1 })
    await note(b, drifted, editor, { seq: 3 })
    const newest = { drifted: 1, drifts: 1, seq: 3, by: editor.userId }
    expect(await noted()).toEqual(newest)
    a.heard.length = 0
    await note(a, agreed, writer, { seq: 2 })
    expect(await noted()).toEqual(newest)
    expect(a.heard).toEqual([])
  })

  it('may be noted twice of the same state, which tells nobody twice', async () => {
    const { a, b, writer, editor, agreed, drifted, note, noted } = await twoProcesses()
    await note(a, agreed, writer, { seq: 1 })
    await note(b, drifted, editor, { seq: 2 })
    await note(a, drifted, editor, { seq: 2 })
    expect(await noted()).toEqual({ drifted: 1, drifts: 1, seq: 2, by: editor.userId })
    expect(await a.services.notifications.countNotifications(writer)).toBe(1)
  })

  it('is compared anew when another process notes something between comparing and writing', async () => {
    const { a, b, writer, editor, paper, agreed, drifted, note, noted } = await twoProcesses()
    await note(a, agreed, writer, { seq: 1 })
    const asked: number[] = []
    // the other process, in the middle of our noting: it has a drift in the other language
    const meanwhile = async () => {
      asked.push(asked.length)
      if (asked.length > 1) return
      const { at } = paper
      const place = { partnership: at.partnership, protocol: at.room, unit: 'u1' }
      const texts = { base: '', before: '', after: '', count: 1 }
      const drift = { kind: 'drift', needs: 'en', number: '1', by: null, at: new Date() } as const
      await Attention.create({ ...place, ...drift, ...texts })
      await Protocol.updateOne({ _id: paper.id }, { $set: { notedSeq: 2 } })
    }
    await note(b, drifted, editor, {
      seq: 3,
      async authorsOf() {
        await meanwhile()
        return new Map()
      },
    })
    expect(asked.length).toBe(2)
    expect(await noted()).toEqual({ drifted: 1, drifts: 1, seq: 3, by: editor.userId })
  })

  it('is not written over what another process noted of a newer state meanwhile', async () => {
    const { a, b, writer, editor, paper, agreed, drifted, note, noted } = await twoProcesses()
    await note(a, agreed, writer, { seq: 1 })
    await note(b, drifted, editor, {
      seq: 2,
      async authorsOf() {
        await Protocol.updateOne({ _id: paper.id }, { $set: { notedSeq: 5 } })
        return new Map()
      },
    })
    expect(await noted()).toEqual({ drifted: 0, drifts: 0, seq: 5, by: writer.userId })
    expect(await a.services.notifications.countNotifications(writer)).toBe(0)
  })

  it('is noted as ever where no row was said', async () => {
    const { a, b, writer, editor, agreed, drifted, note, noted } = await twoProcesses()
    await note(a, agreed, writer, { seq: 4 })
    await note(b, drifted, editor, {})
    expect(await noted()).toEqual({ drifted: 1, drifts: 1, seq: 4, by: editor.userId })
  })
})
