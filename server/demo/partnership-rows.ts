import { Types } from 'mongoose'
import { Institution } from '../../models/institution'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import { PHASES } from '../../shared/views'
import { PARTNERSHIPS, PROGRAMME_ADMIN } from './content'
import type { DemoPartnership, DemoPerson, Tone } from './content/types'
import { demoId } from './ids'

const DOMAIN = 'demo.twinward.example'
const TONES: readonly Tone[] = ['a', 'b']

/** Ids of the demonstration rows, by their stable names. */
export const idOf = {
  user: (key: string) => demoId(`user ${key}`),
  partnership: (slug: string) => demoId(`partnership ${slug}`),
  protocol: (key: string) => demoId(`protocol ${key}`),
  thread: (key: string) => demoId(`thread ${key}`),
  reply: (thread: string, seq: number) => demoId(`reply ${thread} ${seq}`),
  resource: (key: string) => demoId(`resource ${key}`),
  /** Of an id that is known already. */
  hex: (id: string) => new Types.ObjectId(id),
  side: (slug: string, tone: Tone) => demoId(`side ${slug} ${tone}`),
  institution: (slug: string, tone: Tone, index: number) =>
    demoId(`institution ${slug} ${tone} ${index}`),
}

/**
 * Insert the people that are not there yet.
 *
 * @param hashes of the password of the offered accounts, and of one that nobody knows
 */
export async function seedUsers(hashes: { offered: string; unknown: string }): Promise<void> {
  const people = PARTNERSHIPS.flatMap(({ sides, members }) =>
    members.map((person) => ({ person, timeZone: zoneOf(sides[person.side]), admin: false })),
  )
  const everyone = [
    ...people,
    { person: PROGRAMME_ADMIN, timeZone: PROGRAMME_ADMIN.timeZone, admin: true },
  ]
  await User.bulkWrite(
    everyone.map(({ person, timeZone, admin }) => ({
      updateOne: {
        filter: { _id: idOf.user(person.key) },
        update: {
          $setOnInsert: { ...userFields(person, hashes), timeZone, programmeAdmin: admin },
        },
        upsert: true,
      },
    })),
  )
}

function userFields(person: DemoPerson, hashes: { offered: string; unknown: string }) {
  const isOffered = person.tour !== undefined
  return {
    email: `${person.key}@${DOMAIN}`,
    passwordHash: isOffered ? hashes.offered : hashes.unknown,
    name: person.name,
    languages: [...person.languages],
    // what the person once chose: a Russian clinician's pages are Russian whatever the browser wishes
    lang: person.languages[0],
    accessVersion: 1,
    demo: isOffered,
    ...(isOffered ? { tour: person.tour } : {}),
  }
}

/** Insert a partnership, its institutions and its memberships, as far as they are not there yet. */
export async function seedPartnership(partnership: DemoPartnership): Promise<void> {
  const { slug, members, protocols } = partnership
  await Institution.bulkWrite(
    TONES.flatMap((tone) =>
      partnership.sides[tone].institutions.map((institution, index) => ({
        updateOne: {
          filter: { _id: idOf.institution(slug, tone, index) },
          update: { $setOnInsert: { ...institution, demo: true } },
          upsert: true,
        },
      })),
    ),
  )
  await Membership.bulkWrite(
    members.map(({ key, side, role, cadre }) => ({
      updateOne: {
        filter: { _id: demoId(`membership ${slug} ${key}`) },
        update: {
          $setOnInsert: {
            partnership: idOf.partnership(slug),
            user: idOf.user(key),
            side: idOf.side(slug, side),
            role,
            cadre,
            status: 'active' as const,
            demo: true,
          },
        },
        upsert: true,
      },
    })),
  )
  await Partnership.updateOne(
    { _id: idOf.partnership(slug) },
    {
      $setOnInsert: {
        slug,
        name: partnership.name,
        focus: partnership.focus,
        sides: TONES.map((tone) => sideFields(partnership, tone)),
        phases: PHASES.map((phase) => ({ phase, status: partnership.phases[phase] })),
        memberCount: members.length,
        protocolCount: protocols.length,
        startedOn: new Date(partnership.startedOn),
        demo: true,
      },
    },
    { upsert: true },
  )
}

function sideFields({ slug, sides }: DemoPartnership, tone: Tone) {
  const { place, institutions } = sides[tone]
  const [lead, ...partners] = institutions.map((_, index) => idOf.institution(slug, tone, index))
  if (!lead) throw new Error(`A side of ${slug} has no institution.`)
  return { _id: idOf.side(slug, tone), institution: lead, partners, place, tone }
}

function zoneOf(side: DemoPartnership['sides'][Tone]): string {
  return side.institutions[0]?.timeZone ?? 'UTC'
}
