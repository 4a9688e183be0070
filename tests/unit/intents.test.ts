import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { once } from '../../server/services/intents'

type Row = { _id: Types.ObjectId }

/** A store of one intent, which may lose the answer of what it has done. */
function place() {
  let row: Row | null = null
  return {
    find: async () => row,
    put: async (_id: Types.ObjectId) => {
      row ??= { _id }
    },
  }
}

describe('once', () => {
  it('answers what is stored already and stores nothing', async () => {
    const { find, put } = place()
    const first = new Types.ObjectId()
    await put(first)
    const store = () => Promise.reject(new Error('never'))
    const { row, isNew } = await once(new Types.ObjectId(), find, store)
    expect([row._id, isNew]).toEqual([first, false])
  })

  it('answers its own when it was stored and the answer of the commit was lost', async () => {
    const { find, put } = place()
    const id = new Types.ObjectId()
    const { row, isNew } = await once(id, find, async () => {
      await put(id)
      throw new Error('connection lost')
    })
    expect([row._id, isNew]).toEqual([id, true])
  })

  it('answers its twin’s when that was quicker', async () => {
    const { find, put } = place()
    const twin = new Types.ObjectId()
    const { row, isNew } = await once(new Types.ObjectId(), find, async () => {
      await put(twin)
      throw new Error('duplicate key')
    })
    expect([row._id, isNew]).toEqual([twin, false])
  })

  it('throws what went wrong when nothing was stored', async () => {
    const { find } = place()
    const store = () => Promise.reject(new Error('no database'))
    await expect(once(new Types.ObjectId(), find, store)).rejects.toThrow('no database')
  })
})
