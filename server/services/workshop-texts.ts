import type { ClientSession } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { LANGUAGES } from '../../shared/languages'
import { type SearchText, syncSearchTexts } from './search-index'

/**
 * Make a workshop findable by its title and objectives, in the transaction of its change. One that was
 * never announced is found by its facilitators alone (`hiddenFrom`).
 */
export async function indexWorkshop(
  session: ClientSession,
  {
    _id: of,
    partnership,
    title,
    objectives,
    startsAt: at,
  }: Pick<WorkshopRow, '_id' | 'partnership' | 'title' | 'objectives' | 'startsAt'>,
): Promise<void> {
  const texts = LANGUAGES.flatMap((lang): SearchText[] => {
    const text = objectives[lang] ?? ''
    if (!text && !title[lang]) return []
    const part = `about ${lang}`
    return [{ partnership, kind: 'workshop', of, part, title, lang, text, published: false, at }]
  })
  await syncSearchTexts({ partnership, kind: 'workshop', of }, texts, session)
}
