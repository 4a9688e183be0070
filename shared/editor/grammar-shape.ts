/**
 * Which node may stand in which, as plain data for code that walks Yjs types rather than ProseMirror
 * nodes. A test holds it against the schema.
 */
export const CHILDREN_OF: Readonly<Record<string, readonly string[]>> = {
  doc: ['paragraph', 'heading', 'bulletList', 'orderedList', 'callout', 'table'],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: ['paragraph', 'bulletList', 'orderedList'],
  callout: ['paragraph'],
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
  tableCell: ['paragraph'],
  tableHeader: ['paragraph'],
  paragraph: ['hardBreak'],
  heading: ['hardBreak'],
}

/** A node that holds text and carries `uid` and `unit`. */
export function isTextblock(type: string): boolean {
  return type === 'paragraph' || type === 'heading'
}

/** A node that holds other blocks and must never be empty. */
export function isContainer(type: string): boolean {
  return type in CHILDREN_OF && type !== 'doc' && !isTextblock(type)
}
