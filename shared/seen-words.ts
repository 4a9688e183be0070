/**
 * What a form says, part by part; a part that says nothing may be left out. Parts are what is true only
 * together: a text in one language, a day with its time and zone.
 */
export type Parts = Readonly<Record<string, string>>

/** Whose words stand in a part once two forms are joined, and which parts both have changed. */
export type Joined = {
  isMine: (part: string) => boolean
  /** Parts in which each wrote something else. */
  both: readonly string[]
  /** Has each changed something into the same, or taken the same out? */
  isAlike: boolean
}

/** Longest `seen` that a form may bring. */
export const SEEN_MAX = 20_000

const SIZE = 6
const NOTHING = ''.padEnd(SIZE, '-')
/** What a row says as a part. */
export const ROW = 'on'

/**
 * What a form was opened with, in little: twelve letters for each part, which a form carries where the
 * texts themselves would double it. No secret and no proof: whoever forges it can do no more than by
 * saving over what they have seen.
 */
export function seenOf(parts: Parts): string {
  return Object.entries(parts)
    .filter(([, text]) => told(text) !== '')
    .map(([part, text]) => `${digest(part)}${digest(told(text))}`)
    .join('')
}

/**
 * Two forms that were opened alike, joined part by part: what one of them left as it was is as the other
 * has it.
 *
 * @param seen what mine was opened with, by `seenOf` @param theirs what is stored by now
 */
export function joinSeen(seen: string, mine: Parts, theirs: Parts): Joined {
  const known = readSeen(seen)
  const gone = new Set(known.keys())
  const marks = new Map<string, { isMine: boolean; isBoth: boolean }>()
  let isAlike = false
  for (const part of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [here, there] = [told(mine[part] ?? ''), told(theirs[part] ?? '')]
    gone.delete(digest(part))
    const was = known.get(digest(part)) ?? NOTHING
    const isMine = markOf(here) !== was
    if (here === there) {
      isAlike ||= isMine
      continue
    }
    marks.set(part, { isMine, isBoth: isMine && markOf(there) !== was })
  }
  return {
    isMine: (part) => marks.get(part)?.isMine ?? false,
    both: [...marks].flatMap(([part, { isBoth }]) => (isBoth ? part : [])),
    isAlike: isAlike || gone.size > 0,
  }
}

/** Rows of a list, which are parts themselves (`agenda.<id>`) and have parts (`agenda.<id>.titleEn`). */
type Rows = { seen: string; list: string; mine: readonly string[]; theirs: readonly string[] }

/**
 * Which rows a joined list has, in which order: what one has taken away is gone unless the other has
 * changed it; a new row stands after the one that it followed.
 *
 * @param rows ids in the order of each form
 * @returns ids; `isBoth`: each has put the rows into another order, and mine is kept
 */
export function joinRows(
  { isMine, both }: Joined,
  { seen, list, mine, theirs }: Rows,
): { ids: string[]; isBoth: boolean } {
  const isTold = (id: string) => both.some((part) => part.startsWith(`${list}.${id}.`))
  const has = (rows: readonly string[], id: string) => rows.includes(id)
  const stays = (id: string) =>
    (has(mine, id) && has(theirs, id)) || isTold(id) || isMine(`${list}.${id}`) === has(mine, id)
  const places = [...readSeen(seen).keys()]
  const placeOf = (id: string) => places.indexOf(digest(`${list}.${id}`))
  const here = mine.filter((id) => has(theirs, id))
  const there = theirs.filter((id) => has(mine, id))
  const was = [...here].sort((one, other) => placeOf(one) - placeOf(other))
  const isMoved = (ids: readonly string[]) => ids.join() !== was.join()
  const isOther = here.join() !== there.join()
  const [first, second] = isOther && isMoved(here) ? [mine, theirs] : [theirs, mine]
  const ids = [...first]
  second.forEach((id, at) => {
    if (has(ids, id)) return
    ids.splice(at > 0 ? ids.indexOf(second[at - 1] ?? '') + 1 : 0, 0, id)
  })
  return { ids: ids.filter(stays), isBoth: isOther && isMoved(here) && isMoved(there) }
}

/** Had a form this row when it was opened? Rows say that they are there, and nothing else. */
export function hasSeen(seen: string, row: string): boolean {
  return readSeen(seen).get(digest(row)) === digest(ROW)
}

function readSeen(seen: string): ReadonlyMap<string, string> {
  const pairs = seen.match(/.{12}/gs) ?? []
  return new Map(pairs.map((pair) => [pair.slice(0, SIZE), pair.slice(SIZE)]))
}

/** Forms send lines with a return before each break. */
function told(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim()
}

function markOf(text: string): string {
  return text === '' ? NOTHING : digest(text)
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 36 bits of a text; the same in browser and server, at once. */
function digest(text: string): string {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x9e3779b1)
    two = Math.imul(two ^ unit, 0x5f356495)
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35)
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35)
  return `${threeOf(one)}${threeOf(two)}`
}

function threeOf(bits: number): string {
  return [0, 6, 12].map((by) => LETTERS[(bits >>> by) & 63]).join('')
}
