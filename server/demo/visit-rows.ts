import { Reply } from '../../models/reply'
import { Visit, type VisitRow } from '../../models/visit'
import type { Cast } from './cast'
import { demoId } from './ids'
import { insertMissing } from './insert'

/** When everybody was there last who has not written since, and the visit before that. */
const LAST = '-3 15:00'
const BEFORE = '-6 16:30'
/** From the last thing that somebody wrote to the end of their visit, milliseconds. */
const STAYED_MS = 5 * 60_000

/** Insert the members' last visits: what came since is what the home page shows as new. */
export async function seedVisits(cast: Cast): Promise<void> {
  const wrote = await lastWritten(cast)
  const rows = cast.readers.map(({ key }): VisitRow => {
    const user = cast.id(key)
    const lastAt = cast.at(LAST, key).getTime()
    return {
      _id: demoId(`visit ${cast.slug} ${key}`),
      partnership: cast.partnership,
      user,
      lastAt: new Date(Math.max(lastAt, (wrote.get(String(user)) ?? 0) + STAYED_MS)),
      previousAt: cast.at(BEFORE, key),
    }
  })
  await insertMissing(Visit, rows)
}

/** When each person last posted or translated, in milliseconds since 1970, by user. */
async function lastWritten({ partnership }: Cast): Promise<ReadonlyMap<string, number>> {
  const fields = { author: 1, postedAt: 1, translation: 1 } as const
  const posts = await Reply.find({ partnership, demo: true }, fields).lean()
  const last = new Map<string, number>()
  const note = (user: string, at: Date) =>
    last.set(user, Math.max(last.get(user) ?? 0, at.getTime()))
  for (const { author, postedAt, translation } of posts) {
    note(String(author), postedAt)
    if (translation) note(String(translation.by), translation.at)
  }
  return last
}
