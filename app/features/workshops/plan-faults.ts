import type { Language } from '../../../shared/languages'
import { type Refusal, wrongIn } from '../../lib/refusal'

/** What can be wrong with a field of the plan; each has its words. */
export type PlanFault =
  | 'title'
  | 'tooLong'
  | 'date'
  | 'time'
  | 'times'
  | 'place'
  | 'agenda'
  | 'rowTitle'
  | 'minutes'
  | 'unknownSpeaker'
  | 'speakerTwice'
  | 'unknownMaterial'
  | 'capacity'
  | 'facilitators'
  | 'tooMany'
  | 'address'
  | 'noAddress'
  | 'laterPast'
  | 'laterCollides'
  | 'laterFull'
  | 'collides'
  | 'seriesFull'

/** Why the later ones of a series cannot be changed with this one. */
const SCOPE_FAULTS: Readonly<Record<string, PlanFault>> = {
  later_past: 'laterPast',
  later_collides: 'laterCollides',
  later_full: 'laterFull',
}

/** What is wrong, by the names of the fields: `agenda.0.minutes`. */
export type PlanFaults = Readonly<Record<string, PlanFault>>

/** The order of the form. */
const ORDER = [
  'title',
  'objectives',
  'starts',
  'timeZone',
  'times',
  'mode',
  'place',
  'agenda',
  'facilitators',
  'capacity',
  'materials',
  'channels',
  'phone',
  'consent',
  'accreditation',
  'scope',
]

/**
 * What is wrong with which field of the form, in the order of the form.
 *
 * @param lang of the reader: what is missing in both languages is asked for in theirs
 */
export function faultsIn(refusal: Refusal | null, lang: Language): PlanFaults {
  const own = (name: string) => `${name}${lang === 'ru' ? 'Ru' : 'En'}`
  const found = Object.entries(wrongIn(refusal)).flatMap(([path, said]) => {
    const fault = faultAt(path.replace(/^plan\./, ''), said, own, refusal?.values ?? {})
    return fault ? [fault] : []
  })
  const rank = ([name]: readonly [string, PlanFault]) =>
    ORDER.findIndex((start) => name.startsWith(start))
  return Object.fromEntries(found.sort((one, other) => rank(one) - rank(other)))
}

/** Is a field as it was sent? What was written anew meanwhile is not what was found wrong. */
export function isAsSent(name: string, by: Refusal | null, sent: Refusal | null): boolean {
  // forms send lines with a return before each break
  const [now, then] = [by, sent].map((form) => form?.values[name]?.replaceAll('\r\n', '\n'))
  return now === then
}

function faultAt(
  path: string,
  said: string,
  own: (name: string) => string,
  values: Readonly<Record<string, string>>,
): readonly [string, PlanFault] | null {
  const [part = '', at, field = ''] = path.split('.')
  switch (part) {
    case 'titleEn':
      return said === 'title_required' ? [own('title'), 'title'] : [part, 'tooLong']
    case 'placeEn':
      return said === 'place_required' ? [own('place'), 'place'] : [part, 'tooLong']
    case 'joins':
      return ['startsOn', 'seriesFull']
    case 'startsAt':
    case 'timeZone':
      if (said === 'collides') return ['startsOn', 'collides']
      // what of the two it is about
      return /^20\d\d-\d\d-\d\d$/.test(values.startsOn ?? '') && !values.startsTime
        ? ['startsTime', 'time']
        : ['startsOn', 'date']
    case 'times':
    case 'repeats':
      return ['times', 'times']
    case 'capacity':
      return [part, 'capacity']
    case 'facilitators':
      return [part, said === 'unknown' ? 'facilitators' : 'tooMany']
    case 'materials':
      return [part, said === 'unknown' ? 'unknownMaterial' : 'tooMany']
    case 'agenda':
      return at === undefined
        ? [`agenda.0.${own('title')}`, 'agenda']
        : rowFault(`agenda.${at}`, field, said, own)
    case 'scope':
      return [part, SCOPE_FAULTS[said] ?? 'laterCollides']
    case 'channels':
      return [`channels.${at ?? 0}.url`, said === 'no_address' ? 'noAddress' : 'address']
  }
  return /^(title|objectives|place|consent|accreditation)(En|Ru)$|^phone$/.test(part)
    ? [part, 'tooLong']
    : null
}

function rowFault(
  row: string,
  field: string,
  said: string,
  own: (name: string) => string,
): readonly [string, PlanFault] {
  switch (field) {
    case 'minutes':
      return [`${row}.minutes`, 'minutes']
    case 'speaker':
      return [`${row}.speaker`, 'unknownSpeaker']
    case 'resource':
      return [`${row}.resource`, 'unknownMaterial']
    case 'speakerName':
      return [`${row}.speakerName`, said === 'speaker_twice' ? 'speakerTwice' : 'tooLong']
  }
  return said === 'title_required'
    ? [`${row}.${own('title')}`, 'rowTitle']
    : [`${row}.${field || 'titleEn'}`, 'tooLong']
}
