/** A run of text as it stands on a page; `y` grows upwards, units of the page. */
export type TextRun = {
  str: string
  hasEOL: boolean
  /** Scale, skew and place: the last two are x and y of its baseline. */
  transform: readonly number[]
  height: number
}

type Line = { text: string; y: number; size: number }

/** Most of a page's text that is kept, UTF-16 code units. */
const TEXT_MAX = 10_000
const HYPHENATED = /(\p{L})[\u00ad\u2010-]$/u
const BEGINS_SMALL = /^\p{Ll}/u
const ENDS_SENTENCE = /[.!?:;…]$/u

/**
 * What is written on a page, a line for each line: words parted at the end of a line are put together,
 * lines that go on are joined, and an empty line stands between blocks.
 *
 * @param runs in the order in which the page was written, which is the one it is read in
 */
export function toPageText(runs: readonly TextRun[]): string {
  const said: string[] = []
  let before: Line | null = null
  for (const line of linesOf(runs)) {
    const isSameBlock = before !== null && goesOn(before, line)
    const last = said.at(-1) ?? ''
    if (isSameBlock && BEGINS_SMALL.test(line.text) && !ENDS_SENTENCE.test(last)) {
      const whole = last.replace(HYPHENATED, '$1')
      said[said.length - 1] = whole === last ? `${last} ${line.text}` : whole + line.text
    } else {
      if (before && !isSameBlock) said.push('')
      said.push(line.text)
    }
    before = line
  }
  return said.join('\n').slice(0, TEXT_MAX).trim()
}

function linesOf(runs: readonly TextRun[]): Line[] {
  const lines: Line[] = []
  let open: Line | null = null
  const end = () => {
    const text = clean(open?.text ?? '')
    if (open && text !== '') lines.push({ ...open, text })
    open = null
  }
  for (const { str, hasEOL, transform, height } of runs) {
    const y = transform[5] ?? 0
    if (open && str.trim() !== '' && Math.abs(open.y - y) > Math.max(open.size, height) / 2) end()
    if (str !== '') {
      open ??= { text: '', y, size: height }
      open.text += str
      open.size = Math.max(open.size, height)
    }
    if (hasEOL) end()
  }
  end()
  return lines
}

/** The next line of a paragraph: as large, and not far below. */
function goesOn(one: Line, next: Line): boolean {
  const larger = Math.max(one.size, next.size, 1)
  const isLike = larger <= Math.min(one.size, next.size) * 1.2
  return isLike && Math.abs(one.y - next.y) < larger * 2
}

/** Control characters are of no use to anybody; any white space is one space. */
function clean(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
