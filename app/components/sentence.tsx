import { Fragment, type ReactNode } from 'react'

/** Stands around the name of a part while the sentence is made; never in anybody's text. */
const EDGE = '\u0001'

/**
 * A sentence of the interface with more than words in it: a name in its own script, a title in its own
 * language, each where the language of the interface wants it.
 *
 * @example <Sentence say={(part) => t('mention', { who: part('who') })} parts={{ who: <ShortName … /> }} />
 */
export function Sentence<Part extends string>({
  say,
  parts,
}: {
  say: (part: (name: Part) => string) => string
  parts: Record<Part, ReactNode>
}) {
  const pieces = say((name) => `${EDGE}${name}${EDGE}`).split(EDGE)
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
    <Fragment key={at}>{at % 2 === 0 ? piece : parts[piece as Part]}</Fragment>
  ))
}
