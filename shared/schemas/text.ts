import { z } from 'zod'

/** One line: spaces folded, ends trimmed, composed letters; may be empty. */
export const OneLine = (max: number) =>
  z
    .string()
    .transform((text) => visible(text).replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(max))

/** Lines of plain text: line ends as `\n`, at most one empty line in between, ends trimmed; not empty. */
export const Prose = (max: number) =>
  z
    .string()
    // a form posts CRLF; far too much is refused before any work is done on it
    .max(2 * max)
    .transform((text) =>
      visible(text.replace(/\r\n?/g, '\n'))
        .replace(/[^\S\n]+$/gm, '')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .pipe(z.string().min(1).max(max))

/** Without control characters and without marks that turn the direction of what follows. */
function visible(text: string): string {
  return text.normalize('NFC').replace(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu, '')
}
