const PRODUCT = 'Twinward'

/**
 * `meta` for a route whose loader returns `title` in the reader's language (see `titleIn`). A page
 * that failed has no data; its error page names itself.
 */
export function titled({ data, matches = [] }: Shown): { title: string }[] {
  if (!hasTitle(data)) return [{ title: documentTitle(undefined) }]
  const within = matches.map((match) => match && whereIn(match.data)).find(Boolean)
  const isSaid = within === undefined || within === data.title
  return [{ title: documentTitle(isSaid ? data.title : `${data.title} · ${within}`) }]
}

/** What Remix hands to `meta`, as far as it is read here. */
type Shown = { data?: unknown; matches?: readonly ({ data?: unknown } | undefined)[] }

/** What a page stands in, where its frame's loader returns that as `within`: one workshop of many. */
function whereIn(data: unknown): string | undefined {
  const isNamed = typeof data === 'object' && data !== null && 'within' in data
  return isNamed && typeof data.within === 'string' ? data.within : undefined
}

/** “People · Twinward”; the product alone when a page has no name of its own. */
export function documentTitle(title: string | undefined): string {
  return title ? `${title} · ${PRODUCT}` : PRODUCT
}

function hasTitle(data: unknown): data is { title: string } {
  return (
    typeof data === 'object' && data !== null && 'title' in data && typeof data.title === 'string'
  )
}
