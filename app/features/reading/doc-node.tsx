import type { ReactNode } from 'react'
import type { DocJson } from '../../../shared/editor/content'
import { isSafeHref } from '../../../shared/editor/safe-href'
import type { Piece } from './reading-rows'

/** A piece of protocol text as the editor shows it, without the editor. Unknown nodes show their text. */
export function PieceOfText({ piece }: { piece: Piece }) {
  const { node, list, callout } = piece
  if (list) {
    const Tag = list.ordered ? 'ol' : 'ul'
    const item = list.item > 0 ? list.item : undefined
    const start = list.ordered && item ? list.start + item - 1 : undefined
    return wrapped(
      list.depth - 1,
      <Tag start={start}>
        <li data-continued={item ? undefined : ''}>
          <Block node={node} />
        </li>
      </Tag>,
    )
  }
  if (callout) {
    return (
      <aside
        role="note"
        data-callout={callout.kind}
        data-continued={callout.isFirst ? undefined : ''}
      >
        <Block node={node} />
      </aside>
    )
  }
  return <Block node={node} />
}

/** Deeper list items keep their indent when shown by themselves. */
function wrapped(levels: number, inner: ReactNode): ReactNode {
  return levels <= 0 ? inner : <div className="deeper">{wrapped(levels - 1, inner)}</div>
}

function Block({ node }: { node: DocJson }) {
  if (node.type === 'heading') {
    return node.attrs?.level === 3 ? <h3>{inline(node)}</h3> : <h2>{inline(node)}</h2>
  }
  if (node.type === 'table') return <TableOf node={node} />
  return <p>{inline(node)}</p>
}

function TableOf({ node }: { node: DocJson }) {
  return (
    <div className="tableWrapper">
      <table>
        <tbody>
          {childrenOf(node).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed rendering, never reordered
            <tr key={at}>
              {childrenOf(row).map((cell, column) => {
                const Tag = cell.type === 'tableHeader' ? 'th' : 'td'
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <Tag key={column} colSpan={span(cell, 'colspan')} rowSpan={span(cell, 'rowspan')}>
                    {childrenOf(cell).map((paragraph, place) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: as above
                      <p key={place}>{inline(paragraph)}</p>
                    ))}
                  </Tag>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function inline(node: DocJson): ReactNode {
  const children = childrenOf(node)
  // an empty paragraph keeps the height of a line, as it has in the editor
  if (children.length === 0) return <br />
  return children.map((child, at) => {
    if (child.type === 'hardBreak') {
      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed rendering, never reordered
      return <br key={at} />
    }
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return <Marked key={at} node={child} />
  })
}

function Marked({ node }: { node: DocJson }) {
  let shown: ReactNode = node.text ?? ''
  for (const mark of node.marks ?? []) {
    const href = mark.attrs?.href
    if (mark.type === 'bold') shown = <strong>{shown}</strong>
    else if (mark.type === 'italic') shown = <em>{shown}</em>
    else if (mark.type === 'link' && typeof href === 'string' && isSafeHref(href)) {
      shown = (
        <a href={href} rel="noopener noreferrer nofollow">
          {shown}
        </a>
      )
    }
  }
  return <>{shown}</>
}

const childrenOf = (node: DocJson): readonly DocJson[] => node.content ?? []

function span(cell: DocJson, name: 'colspan' | 'rowspan'): number | undefined {
  const value = cell.attrs?.[name]
  return typeof value === 'number' && value > 1 ? value : undefined
}
