/**
 * What a name may be made of, so that nobody passes for somebody else. A name is in one script, as
 * names are: letters that only look like those of the other script, invisible characters and marks
 * that turn the direction of what follows are refused, never silently taken out, because whoever
 * typed the name should see what is stored. Two people of the same name are no trick and are allowed.
 */
export const NAME_PROBLEMS = [
  'name_needed',
  'name_long',
  'name_hidden',
  'name_characters',
  'name_mixed',
  'name_reserved',
] as const
export type NameProblem = (typeof NAME_PROBLEMS)[number]

/** One line of composed letters with its spaces folded. Nothing else is changed. */
export function tidyName(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[ \t\u00a0]+/g, ' ')
    .trim()
}

/** Control, format and bidi characters, unassigned ones, fillers and blanks that show as nothing. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2800]/u
/** Letters with their marks, and what stands between the words and parts of a name. */
const NAME = /^[\p{L}\p{M} .'’ʼ‘`–-]+$/u
/** How one wants to be addressed has titles and asides in it: “Dr Raman (Priya)”. */
const ADDRESS = /^[\p{L}\p{M}\p{Nd} .,'’ʼ‘`()–-]+$/u
/** Letters of phonetic alphabets, small capitals among them: they only imitate. */
const PHONETIC = /[\u1d00-\u1dbf\ua720-\ua7ff\uab30-\uab6f]/u
/** Piles of marks run over the lines beside them; Vietnamese needs two. */
const PILED = /\p{M}{3}|(?:^|[^\p{L}\p{M}])\p{M}/u

const SCRIPTS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
] as const
/** Of a letter: one of our two scripts, or any other. */
type Script = (typeof SCRIPTS)[number][0] | 'other'

/**
 * What is wrong with a name, a part of it or a form of address; null when nothing is.
 *
 * @param text tidied by `tidyName`
 * @param max length, UTF-16 code units
 */
export function nameProblem(
  text: string,
  max: number,
  kind: 'name' | 'address' = 'name',
): NameProblem | null {
  if (text.length > max) return 'name_long'
  if (HIDDEN.test(text)) return 'name_hidden'
  if (text === '') return 'name_needed'
  if (!(kind === 'name' ? NAME : ADDRESS).test(text)) return 'name_characters'
  // mathematical, full-width and other letters dressed up
  if (text.normalize('NFKC') !== text) return 'name_characters'
  if (PHONETIC.test(text) || PILED.test(text) || !/\p{L}/u.test(text)) return 'name_characters'
  if (text.split(' ').some((word) => scriptsIn(word).size > 1)) return 'name_mixed'
  return isReserved(text) ? 'name_reserved' : null
}

/** Scripts of a text's letters. */
export function scriptsIn(text: string): ReadonlySet<Script> {
  const letters = text.match(/(?![ʻʼ])\p{L}/gu) ?? []
  return new Set(letters.map(scriptOfLetter))
}

function scriptOfLetter(letter: string): Script {
  return SCRIPTS.find(([, script]) => script.test(letter))?.[0] ?? 'other'
}

/** Cyrillic letters (and digits) that look like Latin ones, each before the letter it looks like. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  'аa вb сc ԁd еe һh нh іi јj кk ӏl мm оo рp ԛq ѕs тt уy ѵv ԝw хx 0o 1l ıi'
    .split(' ')
    .map(([from = '', to = '']) => [from, to]),
)

/** What a text looks like: one case, no marks, no punctuation, lookalikes as one letter. */
export function skeletonOf(text: string): string {
  const bare = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  return [...bare.normalize('NFC')]
    .map((letter) => LOOKALIKES.get(letter) ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whom people take for the house itself. Words that are family names somewhere are not among them. */
const RESERVED = new Set(
  [
    'administrator admin sysadmin moderator twinward webmaster postmaster helpdesk support system',
    'администратор админ сисадмин модератор твинвард поддержка техподдержка система',
  ]
    .flatMap((words) => words.split(' '))
    .map(skeletonOf),
)

function isReserved(text: string): boolean {
  const words = text.split(/[ .,()–-]+/)
  return [text, ...words].some((word) => RESERVED.has(skeletonOf(word)))
}
