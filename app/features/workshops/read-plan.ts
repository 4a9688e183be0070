import { WORKSHOP_LIMITS } from '../../../shared/workshops'

type Fields = Readonly<Record<string, string>>

/** Highest number of a row that is looked for: all rows, and the spare ones of a page without scripts. */
const ROWS = WORKSHOP_LIMITS.agendaRows + 3

/**
 * The fields of the plan's form (`agenda.0.titleEn`, `audience.nurse`) as a plan, to be parsed by its
 * schema. Rows that were left empty are left out.
 */
export function readPlan(fields: Fields) {
  const { startsOn = '', startsTime = '' } = fields
  return {
    ...one(fields, ['titleEn', 'titleRu', 'objectivesEn', 'objectivesRu', 'mode']),
    ...one(fields, ['placeEn', 'placeRu', 'timeZone', 'capacity', 'phone', 'acknowledged']),
    ...one(fields, ['accreditationEn', 'accreditationRu', 'consentEn', 'consentRu']),
    startsAt: `${startsOn}T${startsTime.slice(0, 5)}`,
    audience: ticked(fields, 'audience'),
    facilitators: ticked(fields, 'facilitators'),
    materials: ticked(fields, 'materials'),
    fallbacks: ticked(fields, 'fallbacks'),
    waitingRoom: fields.waitingRoom === 'on',
    guests: fields.guests === 'on',
    agenda: numbered(fields, 'agenda', ROWS)
      .filter(({ titleEn = '', titleRu = '' }) => titleEn.trim() !== '' || titleRu.trim() !== '')
      .map(({ id, ...row }) => ({
        ...row,
        ...(id ? { id } : {}),
        interpretation: row.interpretation === 'on',
      })),
    channels: numbered(fields, 'channels', WORKSHOP_LIMITS.channels)
      .filter(({ kind = '' }) => kind !== '')
      .map(({ id, kind, url = '', ...row }) => ({
        ...row,
        kind,
        ...(id ? { id } : {}),
        url: kind === 'link' ? url : '',
      })),
  }
}

/** A new plan's form: with how often, and the key of the intent. */
export function readNewPlan(fields: Fields) {
  const { repeats, times, clientKey } = fields
  return { plan: readPlan(fields), repeats, times: times || '1', clientKey }
}

/** A changed plan's form: with the count of changes that it was opened with. */
export function readChangedPlan(fields: Fields) {
  return { plan: readPlan(fields), base: fields.base }
}

/** Fields of numbered rows, in the order of their numbers: `agenda.0.minutes`. */
export function numbered(fields: Fields, name: string, most: number): Record<string, string>[] {
  const rows = new Map<number, Record<string, string>>()
  for (const [key, value] of Object.entries(fields)) {
    const [first, at = '', field, ...rest] = key.split('.')
    if (first !== name || !field || rest.length > 0 || !/^\d{1,2}$/.test(at)) continue
    if (Number(at) >= most) continue
    const row = rows.get(Number(at)) ?? {}
    row[field] = value
    rows.set(Number(at), row)
  }
  return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row)
}

/** What is ticked of a list of boxes: `audience.nurse`. */
export function ticked(fields: Fields, name: string): string[] {
  const start = `${name}.`
  return Object.entries(fields).flatMap(([key, value]) =>
    key.startsWith(start) && value === 'on' ? [key.slice(start.length)] : [],
  )
}

function one(fields: Fields, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  )
}
