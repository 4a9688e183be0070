import { Id } from '../../../shared/ids'
import { type Language, localized, pickText } from '../../../shared/languages'
import type { PlanLike } from './plan-page'

/** Which workshop a new plan is asked to begin like, and whether to join its series; null for none. */
export function likeIn(request: Request): Pick<PlanLike, 'id' | 'joins'> | null {
  const { searchParams } = new URL(request.url)
  const like = Id.safeParse(searchParams.get('like'))
  return like.success ? { id: like.data, joins: searchParams.has('join') } : null
}

/** A plan's values without what is that workshop's own: its date, and the ids of its rows. */
export function likenessOf(
  values: Readonly<Record<string, string>>,
  lang: Language,
): Pick<PlanLike, 'title' | 'values'> {
  const own = /^startsOn$|^(agenda|channels)\.\d+\.id$/
  return {
    title: pickText(localized(values.titleEn ?? '', values.titleRu ?? ''), lang).text,
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !own.test(name))),
  }
}
