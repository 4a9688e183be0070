import { ticked } from '../../../shared/plan-parts'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'

type Fields = Readonly<Record<string, string>>

/** Highest number of a row that is looked for: all rows, and the spare ones of a page without scripts. */
const ROWS = WORKSHOP_LIMITS.agendaRows + 3

/**
 * The fields of the plan's form (`agenda.0.titleEn`, `audience.nurse`) as a plan, to be parsed by its
 * schema. Rows that were left empty are left out; nothing else is.
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
      .filter(isRowTouched)
      .map(({ id, suggested: _suggested, ...row }) => ({
        ...row,
        ...(id ? { id } : {}),
        interpretation: row.interpretation === 'on',
      })),
    channels: numbered(fields, 'channels', WORKSHOP_LIMITS.channels)
      .filter(isChannelTouched)
      .map(({ id, kind, url = '', ...row }) => ({
        ...row,
        // an address says by itself what kind it is
        kind: kind || 'link',
        ...(id ? { id } : {}),
        url: url.trim(),
      })),
  }
}

/** A new plan's form: with how often, or which series it joins, and the key of the intent. */
export function readNewPlan(fields: Fields) {
  const { repeats = 'none', times, joins, clientKey } = fields
  // how many there are in a series is asked of a series alone
  const count = repeats === 'none' ? '1' : times
  return { plan: readPlan(fields), repeats, times: count, joins, clientKey }
}

/** A changed plan's form: with what it was opened with, and which ones it is about. */
export function readChangedPlan(fields: Fields) {
  const { base, seen, scope } = fields
  return { plan: readPlan(fields), base, seen, scope }
}

/**
 * A row of the agenda that somebody wrote something into. Minutes that the form suggested, and the
 * languages that it begins with, are nobody's words.
 */
export function isRowTouched(row: Fields): boolean {
  const { minutes = '', suggested = '', interpretation } = row
  const isTyped = minutes.trim() !== '' && minutes !== suggested
  const words = [row.titleEn, row.titleRu, row.speaker, row.speakerName, row.resource]
  return isTyped || interpretation === 'on' || words.some((each = '') => each.trim() !== '')
}

/** A row with a title: it takes its time on the clocks. */
export function isTitled({ titleEn = '', titleRu = '' }: Fields): boolean {
  return titleEn.trim() !== '' || titleRu.trim() !== ''
}

/** Minutes that rows of the agenda take together, as they are typed. */
export function minutesOf(rows: readonly Fields[]): number {
  return rows.filter(isTitled).reduce((sum, { minutes }) => sum + (Number(minutes) || 0), 0)
}

/** The rows of the agenda as they are typed. */
export function agendaOf(fields: Fields): Record<string, string>[] {
  return numbered(fields, 'agenda', ROWS)
}

/**
 * What was typed, without the rows that were left empty: what is said about rows of a plan is then
 * said about the rows of its form.
 */
export function withoutEmptyRows(fields: Fields): Record<string, string> {
  const rest = Object.entries(fields).filter(([name]) => !/^(agenda|channels)\.\d/.test(name))
  return {
    ...Object.fromEntries(rest),
    ...renumbered('agenda', agendaOf(fields).filter(isRowTouched)),
    ...renumbered(
      'channels',
      numbered(fields, 'channels', WORKSHOP_LIMITS.channels).filter(isChannelTouched),
    ),
  }
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

function isChannelTouched({ kind = '', url = '' }: Fields): boolean {
  return kind !== '' || url.trim() !== ''
}

function renumbered(name: string, rows: readonly Fields[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap((row, at) =>
      Object.entries(row).map(([field, value]) => [`${name}.${at}.${field}`, value] as const),
    ),
  )
}

function one(fields: Fields, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  )
}
