const PRODUCT = 'Twinward'

/**
 * `meta` for a route whose loader returns `title` in the reader's language (see `titleIn`). A page
 * that failed has no data; its error page names itself.
 */
export function titled({ data }: { data?: unknown }): { title: string }[] {
  return [{ title: documentTitle(hasTitle(data) ? data.title : undefined) }]
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
