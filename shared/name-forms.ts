import type { PersonName } from './views'

/** Every way in which a name is written out in full, in both scripts, each once. */
export function nameForms({ given, family, patronymic, latin, cyrillic }: PersonName): string[] {
  const own = [
    [given, family],
    [family, given],
    ...(patronymic
      ? [
          [given, patronymic, family],
          [family, given, patronymic],
        ]
      : []),
  ]
  const others = [latin, cyrillic].flatMap((written) => (written ? turnedForms(written) : []))
  return [...new Set([...own, ...others].map((words) => words.filter(Boolean).join(' ')))]
}

/** The words of a name in all its forms, each once. */
export function nameWords({ given, family, patronymic, latin, cyrillic }: PersonName): string[] {
  const written = [given, family, patronymic, latin, cyrillic].filter(Boolean).join(' ')
  return [...new Set(written.split(/\s+/).filter(Boolean))]
}

/** A name given as one line, as it stands and with the family name first. */
function turnedForms(written: string): string[][] {
  const words = written.split(/\s+/).filter(Boolean)
  const family = words.at(-1) ?? ''
  const others = words.slice(0, -1)
  const short = words.length > 2 ? [[others[0] ?? '', family]] : []
  return [words, [family, ...others], ...short]
}

/** ICAO Doc 9303, part 3, section 6 B: as Russian passports have it; Kazakh and others by their look. */
const PASSPORT: ReadonlyMap<string, string> = new Map(
  `а-a б-b в-v г-g ґ-g ғ-g д-d ђ-d е-e ё-e є-ie ж-zh з-z и-i і-i ї-i й-i ј-j к-k қ-k л-l љ-lj м-m
  н-n ң-n њ-nj о-o ө-o п-p р-r с-s т-t ћ-c у-u ў-u ұ-u ү-u ф-f х-kh һ-h ц-ts ч-ch џ-dz ш-sh щ-shch
  ъ-ie ы-y ь- э-e ә-a ю-iu я-ia`
    .split(/\s+/)
    .map((row) => row.split('-') as [string, string]),
)

/**
 * A name in Latin letters as its passport has it, «Анна Кузнецова» as “Anna Kuznetsova”; undefined
 * when it is not Cyrillic or has a letter that no table knows. An offer: people spell themselves.
 */
export function toLatin({ given, family }: Pick<PersonName, 'given' | 'family'>) {
  const text = [given, family].filter(Boolean).join(' ').normalize('NFC')
  if (!/\p{Script=Cyrillic}/u.test(text)) return undefined
  const letters = [...text]
  const latin = letters.map((letter, at) => {
    const plain = PASSPORT.get(letter.toLowerCase())
    if (plain === undefined) return letter
    if (letter === letter.toLowerCase()) return plain
    // КУЗНЕЦОВА stays in capitals, Щукина does not become SHCHukina
    const beside = letters[at + 1] ?? letters[at - 1] ?? ''
    const isShouted = /\p{Lu}/u.test(beside)
    return isShouted ? plain.toUpperCase() : plain.charAt(0).toUpperCase() + plain.slice(1)
  })
  const written = latin.join('')
  return /\p{Script=Cyrillic}/u.test(written) ? undefined : written
}
