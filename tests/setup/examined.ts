import mongoose from 'mongoose'

/** What the database looked at for one thing done: documents and index keys, and how often it was asked. */
export type Examined = { documents: number; keys: number; commands: number }

/**
 * What doing this makes the database look at, over all its reads and writes, as the database's own
 * profile counts it. Nothing else may use the database meanwhile.
 */
export async function examine(work: () => Promise<unknown>): Promise<Examined> {
  const { db } = mongoose.connection
  if (!db) throw new Error('not connected')
  await db.command({ profile: 0 })
  await db.collection('system.profile').drop()
  await db.createCollection('system.profile', { capped: true, size: 16_000_000 })
  await db.command({ profile: 2 })
  try {
    await work()
  } finally {
    await db.command({ profile: 0 })
  }
  const rows = await db
    .collection<{ docsExamined?: number; keysExamined?: number }>('system.profile')
    .find({ ns: { $not: /system\.profile/ } })
    .toArray()
  const sum = (field: 'docsExamined' | 'keysExamined') =>
    rows.reduce((total, row) => total + (row[field] ?? 0), 0)
  return { documents: sum('docsExamined'), keys: sum('keysExamined'), commands: rows.length }
}
