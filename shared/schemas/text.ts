import { z } from 'zod'

/** One line: spaces folded, ends trimmed, composed letters; may be empty. */
export const OneLine = (max: number) =>
  z
    .string()
    // room for what is folded; far too much is refused before any work is done on it
    .max(4 * max)
    .transform(toLine)
    .pipe(z.string().max(max))

/** Lines of plain text: line ends as `\n`, at most one empty line in between, ends trimmed; not empty. */
export const Prose = (max: number) =>
  z
    .string()
    // a form posts CRLF; far too much is refused before any work is done on it
    .max(2 * max)
    .transform((text) =>
      visible(text.replace(/\r\n?/g, '\n'))
        .split('\n')
        // not by an expression: those that end in `$` go through every run of spaces again and again
        .map((line) => line.trimEnd())
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .pipe(z.string().min(1).max(max))

/** A text of which one line is kept, with its spaces folded. Bound its length before. */
export function toLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim()
}

/**
 * Composed letters without control characters, without marks that turn the direction of what follows,
 * and with 30 marks on one letter at most: composing sorts each pile of them, and no language needs more.
 */
function visible(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu, '')
    .replace(/(\p{M}{30})\p{M}+/gu, '$1')
    .normalize('NFC')
}
