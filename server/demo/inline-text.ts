import type { DocJson } from '../../shared/editor/content'

const MARKED = /\*\*(?<bold>.+?)\*\*|\[(?<words>[^\]]+)\]\((?<href>[^)]+)\)/g

/** Text nodes of a line: `**bold**` and `[words](href)`, everything else as it stands. */
export function toInline(text: string): DocJson[] {
  const nodes: DocJson[] = []
  let end = 0
  for (const match of text.matchAll(MARKED)) {
    if (match.index > end) nodes.push({ type: 'text', text: text.slice(end, match.index) })
    nodes.push(markedNode(match.groups ?? {}))
    end = match.index + match[0].length
  }
  if (end < text.length) nodes.push({ type: 'text', text: text.slice(end) })
  return nodes
}

/** The same line without its marks, as the document's hashes see it. */
export function plainText(text: string): string {
  return text.replace(MARKED, '$<bold>$<words>')
}

function markedNode({ bold, words, href }: Record<string, string | undefined>): DocJson {
  if (bold) return { type: 'text', text: bold, marks: [{ type: 'bold' }] }
  return { type: 'text', text: words ?? '', marks: [{ type: 'link', attrs: { href } }] }
}
