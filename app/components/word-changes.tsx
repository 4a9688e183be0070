import type { Language } from '../../shared/languages'

/** A stretch of a comparison; parts that are not `removed` add up to the text as it is now. */
export type WordChange = { text: string; change: 'same' | 'added' | 'removed' }

/** What changed in a text, told apart by more than colour. */
export function WordChanges({ parts, lang }: { parts: readonly WordChange[]; lang: Language }) {
  return (
    <span lang={lang}>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
        <Part key={at} {...part} />
      ))}
    </span>
  )
}

/** A stroke through the space after a word would read as a dash. */
function Part({ text, change }: WordChange) {
  if (change === 'same') return text
  const words = text.trim()
  const [before, after] = [text.slice(0, text.indexOf(words)), text.slice(text.trimEnd().length)]
  return (
    <>
      {before}
      {change === 'removed' ? (
        <del className="rounded-xs bg-del px-0.5">{words}</del>
      ) : (
        <ins className="rounded-xs bg-ins px-0.5">{words}</ins>
      )}
      {after}
    </>
  )
}
