import { Institution, type InstitutionRow } from '../../models/institution'
import { Membership } from '../../models/membership'
import { Partnership, type PartnershipRow } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import type { InstitutionView, MemberView, PartnershipSummary, SideView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { toNameView } from './names'

/** The partnerships the actor may see, newest first; a programme admin sees all of them. */
export async function listMyPartnerships(
  _ports: Ports,
  actor: Actor,
): Promise<PartnershipSummary[]> {
  const mine = actor.memberships
    .map(({ partnershipId }) => partnershipId)
    .filter((partnershipId) => can(actor, 'partnership:see', { partnershipId }))
  // who may see one that they have nothing to do with may see all
  const seesAll = can(actor, 'partnership:see', { partnershipId: '' })
  const filter = seesAll ? {} : { _id: { $in: mine } }
  const rows = await Partnership.find(filter).sort({ startedOn: 1, _id: 1 }).lean()
  return toSummaries(actor, rows)
}

/**
 * One partnership by its address.
 *
 * @throws AppError `not_found` for a stranger, exactly as for an unknown address
 */
export async function openPartnership(
  _ports: Ports,
  actor: Actor,
  slug: string,
): Promise<PartnershipSummary> {
  const row = await Partnership.findOne({ slug }).lean()
  if (!row) throw new AppError('not_found')
  demand(actor, 'partnership:see', { partnershipId: String(row._id) })
  const [summary] = await toSummaries(actor, [row])
  if (!summary) throw new AppError('not_found')
  return summary
}

/**
 * Members with their names and sides; addresses only for those who may see them.
 *
 * @throws AppError `not_found`, `forbidden` (observers)
 */
export async function listMembers(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<MemberView[]> {
  demand(actor, 'member:list', { partnershipId })
  const withEmail = can(actor, 'member:see-email', { partnershipId })
  const memberships = await Membership.find({ partnership: partnershipId, status: 'active' }).lean()
  const users = await User.find({ _id: { $in: memberships.map((m) => m.user) } }).lean()
  const byId = new Map(users.map((user) => [String(user._id), user]))
  const collator = new Intl.Collator(actor.lang)
  return memberships
    .flatMap((m): MemberView[] => {
      const user = byId.get(String(m.user))
      if (!user) return []
      const view = {
        userId: String(user._id),
        name: toNameView(user.name),
        role: m.role,
        sideId: String(m.side),
        cadre: m.cadre,
        languages: [...user.languages],
      }
      return [withEmail ? { ...view, email: user.email } : view]
    })
    .sort((a, b) => collator.compare(a.name.family, b.name.family))
}

async function toSummaries(
  actor: Actor,
  rows: readonly PartnershipRow[],
): Promise<PartnershipSummary[]> {
  const ids = rows.flatMap((row) =>
    row.sides.flatMap((side) => [side.institution, ...side.partners]),
  )
  const institutions = await Institution.find({ _id: { $in: ids } }).lean()
  const byId = new Map(institutions.map((each) => [String(each._id), toInstitutionView(each)]))
  return rows.map((row) => {
    const mine = actor.memberships.find(
      (m) => m.partnershipId === String(row._id) && m.status === 'active',
    )
    return {
      id: String(row._id),
      slug: row.slug,
      name: row.name,
      focus: row.focus,
      sides: row.sides.map((side) => toSideView(side, byId)),
      phases: row.phases.map(({ phase, status }) => ({ phase, status })),
      // an observer knows of the partnership, not of its people
      memberCount: can(actor, 'member:list', { partnershipId: String(row._id) })
        ? row.memberCount
        : null,
      protocolCount: row.protocolCount,
      myRole: mine?.role ?? null,
      mySideId: mine?.sideId ?? null,
    }
  })
}

function toSideView(
  side: PartnershipRow['sides'][number],
  institutions: ReadonlyMap<string, InstitutionView>,
): SideView {
  const found = [side.institution, ...side.partners].flatMap(
    (id) => institutions.get(String(id)) ?? [],
  )
  return {
    id: String(side._id),
    tone: side.tone,
    place: side.place,
    institutions: found,
    timeZone: found[0]?.timeZone ?? 'UTC',
  }
}

function toInstitutionView(row: InstitutionRow): InstitutionView {
  const { name, city, country, timeZone } = row
  return { id: String(row._id), name, city, country, timeZone }
}
