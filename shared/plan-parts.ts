import { type Parts, ROW } from './seen-words'

type Fields = Readonly<Record<string, string>>

/** Texts and answers of a plan's form that stand by themselves. */
const SINGLE = [
  ...['titleEn', 'titleRu', 'objectivesEn', 'objectivesRu', 'mode', 'placeEn', 'placeRu'],
  ...['capacity', 'waitingRoom', 'guests', 'accreditationEn', 'accreditationRu', 'phone'],
  ...['consentEn', 'consentRu'],
]
/** Lists of boxes: each box is an answer of its own. */
export const MARKED = ['facilitators', 'materials', 'fallbacks'] as const
/** Lists of rows, with the fields of each part of a row. */
export const ROW_PARTS = {
  agenda: {
    titleEn: ['titleEn'],
    titleRu: ['titleRu'],
    minutes: ['minutes'],
    speaker: ['speaker', 'speakerName'],
    spoken: ['spoken'],
    interpretation: ['interpretation'],
    resource: ['resource'],
  },
  channels: { spoken: ['spoken'], kind: ['kind', 'url'] },
} as const satisfies Record<string, Record<string, readonly string[]>>
export const ROW_LISTS = ['agenda', 'channels'] as const
/** When it begins is one answer. */
export const WHEN = ['startsOn', 'startsTime', 'timeZone'] as const
/** For whom it is, too: without a single box it is for everybody, which nobody says who unticks one. */
export const AUDIENCE = 'audience'

/** Which part of a plan a field of its form belongs to, but for those of rows. */
export function planPartOf(name: string): string {
  if (name.startsWith(`${AUDIENCE}.`)) return AUDIENCE
  return WHEN.some((each) => each === name) ? 'startsOn' : name
}

/** A plan's form, by the names of its fields, as parts that are joined each by itself. */
export function planParts(fields: Fields): Parts {
  const marks = Object.keys(fields).filter((name) =>
    MARKED.some((list) => name.startsWith(`${list}.`)),
  )
  const own = [...SINGLE, ...marks].map((name) => [name, fields[name] ?? ''])
  return {
    ...Object.fromEntries(own),
    [AUDIENCE]: ticked(fields, AUDIENCE).sort().join(' '),
    startsOn: WHEN.map((name) => fields[name] ?? '').join(' '),
    ...Object.fromEntries(ROW_LISTS.flatMap((list) => rowParts(list, fields))),
  }
}

/** What is ticked of a list of boxes: `audience.nurse`. */
export function ticked(fields: Fields, name: string): string[] {
  const start = `${name}.`
  return Object.entries(fields).flatMap(([key, value]) =>
    key.startsWith(start) && value === 'on' ? [key.slice(start.length)] : [],
  )
}

function rowParts(list: (typeof ROW_LISTS)[number], fields: Fields): [string, string][] {
  return rowsIn(fields, list).flatMap(({ id, at }) => [
    [`${list}.${id}`, ROW] as [string, string],
    ...Object.entries(ROW_PARTS[list]).map(([part, names]): [string, string] => [
      `${list}.${id}.${part}`,
      // an empty field of a row is not the same as no row
      `= ${names.map((name: string) => fields[`${list}.${at}.${name}`] ?? '').join(' ')}`,
    ]),
  ])
}

/**
 * The rows of one list in their order; a new one, which has no id yet, is called after its place.
 *
 * @returns `at`: its number in the names of its fields
 */
export function rowsIn(fields: Fields, list: string): { id: string; at: number }[] {
  const start = `${list}.`
  const numbers = Object.keys(fields).flatMap((name) => {
    const at = name.startsWith(start) ? name.slice(start.length).split('.')[0] : undefined
    return at !== undefined && /^\d{1,2}$/.test(at) ? Number(at) : []
  })
  return [...new Set(numbers)]
    .sort((one, other) => one - other)
    .map((at) => ({ at, id: fields[`${list}.${at}.id`] || `new${at}` }))
}
