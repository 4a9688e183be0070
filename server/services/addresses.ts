import type { SearchKind } from '../../shared/schemas/notifications'

/** Where a thing is within the product, to the very post or paragraph. */
export type Place = {
  kind: SearchKind
  id: string
  /** Number of a post. */
  seq?: number | undefined
  unit?: string | undefined
}

/** The address that notifications, search results and the home page lead to. */
export function pathOf(slug: string, { kind, id, seq, unit }: Place): string {
  const home = `/partnerships/${slug}`
  switch (kind) {
    case 'protocol':
      return `${home}/protocols/${id}${unit ? `#unit-${unit}` : ''}`
    case 'thread':
      // a long thread opens around the post, which the page then shows
      return `${home}/discussions/${id}${seq ? `?around=${seq}#post-${seq}` : ''}`
    case 'workshop':
      return `${home}/workshops/${id}`
    case 'resource':
      return `${home}/resources/${id}`
    case 'term':
      return `${home}/glossary#term-${id}`
  }
}
