import type { Language } from '../../../shared/languages'
import type { Finding } from '../../../shared/patient-data'

/** Words around what was found, in UTF-16 code units. */
const AROUND = 40

/** What was found, marked, with a few words around it. */
export function MarkedText({
  text,
  found,
  lang,
}: {
  text: string
  found: readonly Finding[]
  lang: Language
}) {
  return (
    <ul className="grid list-none gap-1">
      {stretches(text, found).map(({ from, to, pieces }) => {
        const start = Math.max(0, from - AROUND)
        const end = Math.min(text.length, to + AROUND)
        let at = start
        const parts = pieces.map((piece) => {
          const before = text.slice(at, piece.from)
          at = piece.to
          return (
            <span key={piece.from}>
              {before}
              <mark className="bg-drift-wash font-semibold text-drift underline decoration-dotted underline-offset-2">
                {text.slice(piece.from, piece.to)}
              </mark>
            </span>
          )
        })
        return (
          <li key={from} lang={lang} className="[overflow-wrap:anywhere]">
            {start > 0 && '…'}
            {parts}
            {text.slice(at, end)}
            {end < text.length && '…'}
          </li>
        )
      })}
    </ul>
  )
}

type Stretch = { from: number; to: number; pieces: { from: number; to: number }[] }

/** Findings that meet are one line, and no piece is marked twice. */
function stretches(text: string, found: readonly Finding[]): Stretch[] {
  const all: Stretch[] = []
  for (const { from, to, pieces } of found) {
    const last = all.at(-1)
    const meets = last !== undefined && from <= last.to + AROUND
    const into = meets ? last : { from, to, pieces: [] }
    if (!meets) all.push(into)
    into.to = Math.max(into.to, to)
    for (const piece of pieces) {
      if (piece.from >= (into.pieces.at(-1)?.to ?? 0)) into.pieces.push(piece)
    }
  }
  return all.filter(({ from }) => from < text.length).slice(0, 5)
}
