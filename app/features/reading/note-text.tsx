import type { Language } from '../../../shared/languages'
import { PieceOfText } from './doc-node'
import type { ReadingRow } from './reading-rows'

/** One language of a row of notes; the second of two stands back. */
export function NoteText({
  row,
  lang,
  isSecond,
}: {
  row: Pick<ReadingRow, 'text'>
  lang: Language
  isSecond: boolean
}) {
  return (
    <div
      lang={lang}
      className={`max-w-[68ch] [overflow-wrap:anywhere] empty:hidden [&_a]:text-accent [&_a]:underline [&_li]:ml-5 [&_ol]:list-decimal [&_td]:border [&_td]:border-line [&_td]:px-2 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:text-left [&_ul]:list-disc ${isSecond ? 'border-l-2 border-line pl-3 text-ink-2' : ''}`}
    >
      {row.text[lang].map((piece, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed rendering, never reordered
        <PieceOfText key={place} piece={piece} />
      ))}
    </div>
  )
}
