import { wallClockAt } from '../../shared/wall-clock'
import type { PlanFields } from './workshop-plans'

/** A stored plan as the values of its form, by the names of the fields (`agenda.0.titleEn`). */
export function toValues(row: PlanFields): Record<string, string> {
  const agenda = row.agenda.map((each) => ({
    id: String(each._id),
    minutes: String(each.minutes),
    titleEn: each.title.en ?? '',
    titleRu: each.title.ru ?? '',
    speaker: each.speaker ? String(each.speaker) : '',
    speakerName: each.speakerName,
    spoken: each.spoken,
    interpretation: each.interpretation ? 'on' : '',
    resource: each.resource ? String(each.resource) : '',
  }))
  const channels = row.channels.map((each) => ({
    id: String(each._id),
    spoken: each.spoken,
    kind: each.kind,
    url: each.url ?? '',
  }))
  const [startsOn, startsTime] = wallClockAt(row.startsAt.getTime(), row.timeZone).split('T')
  return {
    titleEn: row.title.en ?? '',
    titleRu: row.title.ru ?? '',
    objectivesEn: row.objectives.en ?? '',
    objectivesRu: row.objectives.ru ?? '',
    mode: row.mode,
    placeEn: row.place.en ?? '',
    placeRu: row.place.ru ?? '',
    startsOn: startsOn ?? '',
    startsTime: startsTime ?? '',
    timeZone: row.timeZone,
    capacity: row.capacity === null ? '' : String(row.capacity),
    waitingRoom: row.waitingRoom ? 'on' : '',
    guests: row.guests ? 'on' : '',
    accreditationEn: row.accreditation.en ?? '',
    accreditationRu: row.accreditation.ru ?? '',
    phone: row.phone,
    consentEn: row.recordingConsent.en ?? '',
    consentRu: row.recordingConsent.ru ?? '',
    ...marked('audience', row.audience),
    ...marked('fallbacks', row.fallbacks),
    ...marked('facilitators', row.facilitators.map(String)),
    ...marked('materials', row.materials.map(String)),
    ...numbered('agenda', agenda),
    ...numbered('channels', channels),
  }
}

/** Boxes that are ticked: `audience.nurse`. */
function marked(name: string, chosen: readonly string[]): Record<string, string> {
  return Object.fromEntries(chosen.map((each) => [`${name}.${each}`, 'on']))
}

function numbered(name: string, rows: readonly Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap((row, at) =>
      Object.entries(row).map(([field, value]) => [`${name}.${at}.${field}`, value] as const),
    ),
  )
}
