import { User } from '../../models/user'
import type { ChannelRow, WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import type { ChannelView } from '../../shared/workshop-views'
import { LOBBY_MS } from '../../shared/workshops'
import type { Ports } from '../ports'
import { findWorkshop, mayFacilitate } from './workshop-access'
import { demandInside, isInside } from './workshop-door'

/** Whoever goes into a channel, as its server shows them. */
export type ChannelGuest = { name: string; lang: Language }
type Servers = Pick<Ports, 'channels' | 'secrets'>
type Of = Pick<WorkshopRow, '_id'>

/**
 * Where a click on a channel leads: to the address that was typed; to a room of our Jitsi, whose name
 * nobody can guess; for a BigBlueButton to an address of ours, which makes the meeting first.
 *
 * @returns null where no server of the kind is configured: no stranger's is ever taken instead
 */
export function channelUrl(
  { _id, kind, url }: Pick<ChannelRow, '_id' | 'kind' | 'url'>,
  workshop: Of,
  { name, lang }: ChannelGuest,
  { channels, secrets }: Servers,
): string | null {
  if (kind === 'link') return url
  if (kind === 'bbb') return channels.bbb ? `/workshops/${workshop._id}/channel/${_id}` : null
  if (!channels.jitsiUrl) return null
  const room = roomOf(workshop, { _id }, secrets)
  const settings = [
    ['userInfo.displayName', JSON.stringify(name)],
    ['config.defaultLanguage', JSON.stringify(lang)],
    // a thin line carries a voice; a camera is each person's own decision
    ['config.startWithVideoMuted', 'true'],
    ['config.startWithAudioMuted', 'true'],
  ].map(([key, value]) => `${key}=${encodeURIComponent(value ?? '')}`)
  return `${channels.jitsiUrl.replace(/\/+$/, '')}/${room}#${settings.join('&')}`
}

/**
 * The channels of a workshop as the actor may use them: from when the lobby opens until it is over,
 * by those who need not wait at its door; facilitators also before, to try them.
 */
export async function channelsFor(
  ports: Pick<Ports, 'channels' | 'secrets' | 'clock'>,
  actor: Actor,
  workshop: WorkshopRow,
): Promise<ChannelView[]> {
  if (workshop.channels.length === 0) return []
  const isOpen = isOpenTo(actor, workshop, ports.clock.now()) && (await isInside(actor, workshop))
  const guest = { name: isOpen ? await nameOf(actor) : '', lang: actor.lang }
  return workshop.channels.map((channel) => ({
    id: String(channel._id),
    spoken: channel.spoken,
    kind: channel.kind,
    url: isOpen ? channelUrl(channel, workshop, guest, ports) : null,
  }))
}

/**
 * The address outside to which a channel leads. A meeting of a BigBlueButton is made first, which
 * does nothing where it is there.
 *
 * @throws AppError `not_found`, `forbidden`; `workshop_not_open`, `workshop_over`, `in_waiting_room`;
 *   `unavailable` if its server does not answer
 */
export async function openChannel(
  ports: Pick<Ports, 'channels' | 'secrets' | 'clock'>,
  actor: Actor,
  workshopId: string,
  channelId: string,
): Promise<string> {
  const workshop = await findWorkshop(actor, workshopId)
  const channel = workshop.channels.find(({ _id }) => String(_id) === channelId)
  if (!channel) throw new AppError('not_found')
  if (!isOpenTo(actor, workshop, ports.clock.now())) {
    throw new AppError(isOver(workshop) ? 'workshop_over' : 'workshop_not_open')
  }
  await demandInside(actor, workshop)
  const guest = { name: await nameOf(actor), lang: actor.lang }
  const { bbb } = ports.channels
  if (channel.kind !== 'bbb') {
    const url = channelUrl(channel, workshop, guest, ports)
    if (!url) throw new AppError('not_found')
    return url
  }
  if (!bbb) throw new AppError('not_found')
  const meetingID = roomOf(workshop, channel, ports.secrets)
  const title = workshop.title[actor.lang] || workshop.title.en || workshop.title.ru || ''
  // the same words whoever comes first: it knows a meeting again by them
  const named = { name: (workshop.title.en || workshop.title.ru || 'Twinward').slice(0, 200) }
  await bbb.ask('create', { meetingID, ...named, record: 'false', muteOnStart: 'true' })
  return bbb.addressOf('join', {
    meetingID,
    fullName: guest.name.slice(0, 100),
    userID: actor.userId,
    role: mayFacilitate(actor, workshop) ? 'MODERATOR' : 'VIEWER',
    'userdata-bbb_override_default_locale': guest.lang,
    'userdata-bbb_client_title': title.slice(0, 200),
    'userdata-bbb_auto_share_webcam': 'false',
  })
}

/** A name for the room that follows from the workshop and the channel, and from the secret alone. */
function roomOf(workshop: Of, channel: Pick<ChannelRow, '_id'>, secrets: Ports['secrets']): string {
  return `twinward-${secrets.digest(`${workshop._id} ${channel._id}`, 'workshop channel').slice(0, 32)}`
}

function isOpenTo(actor: Actor, workshop: WorkshopRow, now: Date): boolean {
  if (isOver(workshop)) return false
  if (workshop.status === 'live' || mayFacilitate(actor, workshop)) return true
  return workshop.status === 'announced' && now.getTime() >= workshop.startsAt.getTime() - LOBBY_MS
}

function isOver({ status }: WorkshopRow): boolean {
  return status === 'closed' || status === 'cancelled'
}

async function nameOf({ userId, guest }: Actor): Promise<string> {
  if (guest) {
    const row = await WorkshopParticipant.findById(userId, { guest: 1 }).lean()
    return row?.guest?.name ?? ''
  }
  const user = await User.findById(userId, { name: 1 }).lean()
  return user ? `${user.name.given} ${user.name.family}` : ''
}
