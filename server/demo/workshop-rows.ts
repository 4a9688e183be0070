import type { Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Cast } from './cast'
import type { DemoPartnership } from './content/types'
import type { DemoCrowd, DemoWorkshop } from './content/workshop-types'
import { CROWD_NAMES } from './content/workshops/crowd-names'
import { demoId, demoUuid } from './ids'
import { insertMissing } from './insert'
import { idOf } from './partnership-rows'
import { beginningOf, later, minutesOf, zoneOf } from './workshop-times'

const DOMAIN = 'demo.twinward.example'
/** Guests of the workshop that is going on; the first can be signed in as. */
export const GUESTS = [
  { key: 'nina', name: 'Нина Черкасова', lang: 'ru', timeZone: 'Asia/Yekaterinburg', city: 'Орск' },
  { key: 'greg', name: 'Greg Palmer', lang: 'en', timeZone: 'America/Chicago', city: 'Duluth' },
] as const

/** Whoever takes part, by key: a member's, or `guest nina`. */
export function participantId(workshop: string, who: string): Types.ObjectId {
  return who.startsWith('guest ') ? demoId(who) : demoId(`participant ${workshop} ${who}`)
}

export function workshopId(key: string): Types.ObjectId {
  return demoId(`workshop ${key}`)
}

export function agendaRowId(key: string, index: number): Types.ObjectId {
  return demoId(`workshop ${key} row ${index}`)
}

/** The workshop and everybody in it. */
export async function seedWorkshop(
  cast: Cast,
  partnership: DemoPartnership,
  workshop: DemoWorkshop,
): Promise<WorkshopRow> {
  const row = toRow(cast, partnership, workshop)
  await insertMissing(Workshop, [row])
  await insertMissing(WorkshopParticipant, participantsOf(cast, partnership, workshop, row))
  return row
}

function toRow(cast: Cast, partnership: DemoPartnership, workshop: DemoWorkshop): WorkshopRow {
  const { key, title, objectives, mode, status, facilitators, audience } = workshop
  const startsAt = beginningOf(workshop, partnership, cast.startedAt)
  const endsAt = later(startsAt, minutesOf(workshop))
  const announcedAt =
    status === 'closed' ? later(startsAt, -20 * 1_440) : later(cast.startedAt, -2_880)
  const hasBegun = status === 'live' || status === 'closed'
  return {
    _id: workshopId(key),
    partnership: cast.partnership,
    title,
    objectives,
    status,
    mode,
    place: workshop.place ?? {},
    startsAt,
    endsAt,
    timeZone: zoneOf(workshop, partnership),
    audience: [...audience],
    capacity: workshop.capacity ?? null,
    registered: Object.keys(workshop.members).length,
    agenda: workshop.agenda.map((each, index) => {
      const isMember = partnership.members.some((member) => member.key === each.speaker)
      return {
        _id: agendaRowId(key, index),
        minutes: each.minutes,
        title: each.title,
        speaker: isMember ? cast.id(each.speaker) : null,
        speakerName: isMember ? '' : each.speaker,
        spoken: each.spoken,
        interpretation: each.interpretation ?? false,
        resource: each.resource ? idOf.resource(each.resource) : null,
      }
    }),
    facilitators: facilitators.map(cast.id),
    materials: workshop.materials.map(idOf.resource),
    channels: [],
    waitingRoom: false,
    guests: workshop.guests ?? false,
    guestLink: null,
    accreditation: workshop.accreditation ?? {},
    recordingConsent: workshop.consent ?? {},
    fallbacks: mode === 'on_site' ? [] : ['slides_only'],
    phone: '',
    series: null,
    seriesCount: 1,
    seriesPlace: 1,
    createdBy: cast.id(workshop.createdBy),
    clientKey: demoUuid(`workshop ${key}`),
    createdAt: later(announcedAt, -1_440),
    rev: 1,
    changedAt: null,
    roomRev: 0,
    announcedAt,
    startedAt: hasBegun ? startsAt : null,
    closedAt: status === 'closed' ? endsAt : null,
    cancelledAt: status === 'cancelled' ? later(cast.startedAt, -300) : null,
    cancelReason: workshop.cancelReason ?? '',
    demo: true,
  }
}

function participantsOf(
  cast: Cast,
  partnership: DemoPartnership,
  workshop: DemoWorkshop,
  { startsAt, announcedAt, status }: WorkshopRow,
): WorkshopParticipantRow[] {
  const common = {
    partnership: cast.partnership,
    workshop: workshopId(workshop.key),
    registration: 'registered' as const,
    registeredAt: later(announcedAt ?? startsAt, 60),
    door: 'none' as const,
    presenter: false,
    interpreter: false,
    correction: null,
    told: [],
    createdAt: later(announcedAt ?? startsAt, 60),
    demo: true,
  }
  // of those who go on being there the end is not known
  const stay = (key: string, minutes: number) =>
    minutes === 0
      ? []
      : [
          {
            key: `demo ${key}`,
            from: startsAt,
            to: later(startsAt, minutes),
            seenAt: later(startsAt, minutes),
          },
        ]
  const members = partnership.members.flatMap((member): WorkshopParticipantRow[] => {
    const minutes = workshop.members[member.key]
    if (minutes === undefined) return []
    return [
      {
        ...common,
        _id: participantId(workshop.key, member.key),
        user: cast.id(member.key),
        guest: null,
        interpreter: workshop.interpreter === member.key,
        cadre: member.cadre,
        side: idOf.side(cast.slug, member.side),
        institution: partnership.sides[member.side].institutions[0]?.name ?? null,
        stays: stay(member.key, minutes),
      },
    ]
  })
  const guests = status === 'live' ? GUESTS : []
  return [
    ...members,
    ...crowdOf(workshop).map(
      ({ name, email, index, crowd }): WorkshopParticipantRow => ({
        ...common,
        _id: participantId(workshop.key, `crowd ${index}`),
        user: null,
        guest: {
          name,
          email,
          lang: crowd.lang,
          timeZone: zoneOf({ zone: crowd.lang === 'ru' ? 'a' : 'b' }, partnership),
          institution: crowd.institution[crowd.lang],
        },
        cadre: crowd.cadre,
        side: null,
        institution: crowd.institution,
        stays: stay(`crowd ${index}`, crowd.minutes),
      }),
    ),
    ...guests.map(
      ({ key, name, lang, timeZone, city }): WorkshopParticipantRow => ({
        ...common,
        _id: participantId(workshop.key, `guest ${key}`),
        user: null,
        guest: { name, email: `guest.${key}@${DOMAIN}`, lang, timeZone, institution: city },
        door: 'admitted',
        cadre: 'nurse',
        side: null,
        institution: null,
        stays: stay(key, 20),
      }),
    ),
  ]
}

/** Each of the crowd by name: nobody twice in one workshop. */
function crowdOf({ key, crowds = [] }: DemoWorkshop) {
  const taken = { en: 0, ru: 0 }
  const all: { name: string; email: string; index: number; crowd: DemoCrowd }[] = []
  for (const crowd of crowds) {
    for (let each = 0; each < crowd.count; each++) {
      const name = CROWD_NAMES[crowd.lang][taken[crowd.lang]++]
      if (!name) throw new Error(`Not enough invented names for ${key}.`)
      const index = all.length
      all.push({ name, email: `${key}.${index}@${DOMAIN}`, index, crowd })
    }
  }
  return all
}
