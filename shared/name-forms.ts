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
