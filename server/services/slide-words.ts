import { SlideDeck, type SlideDeckRow } from '../../models/slide-deck'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { WriteSlide } from '../../shared/schemas/slides'
import type { SlideView } from '../../shared/workshop-views'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { demandNoPatientData, recordKept } from './patient-data'
import { dropStaleArchives } from './purge-rows'
import { readDeck } from './slide-reading'
import { inTransaction } from './transaction'
import { findWorkshop, mayTranslate } from './workshop-access'
import { participantFor } from './workshop-attendees'
import { demandInside } from './workshop-door'

/**
 * Write what stands on a page in the deck's own language, where the PDF has no text of it, or say it in
 * the other language; with the writer's name. No words take away what was written, of which the record
 * tells where it was somebody else's. Also after the workshop: its slides stay to be read.
 *
 * @param input `rev`: the count of changes that the writer has seen; what says the same as what is
 *   stored is no conflict
 * @returns the page as it is by now
 * @throws AppError `forbidden` for those who neither write here nor interpret; `not_found`,
 *   `in_waiting_room`, `workshop_over` of a cancelled one; `invalid_input` for the language of a page
 *   that has its text; `conflict` if somebody else has written meanwhile; `patient_data`,
 *   `too_many_requests`
 */
export async function writeSlide(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  input: WriteSlide,
): Promise<SlideView> {
  const { deckId, page, lang, text } = input
  const workshop = await findWorkshop(actor, workshopId)
  await demandInside(actor, workshop)
  if (!(await mayTranslate(actor, workshop))) throw new AppError('forbidden')
  if (workshop.status === 'cancelled') throw new AppError('workshop_over')
  await ports.limits.take('room', actor.userId)
  const { partnership, _id } = workshop
  const at = ports.clock.now()
  const me = await participantFor(actor, workshop, at)
  const which = { _id: deckId, partnership, workshop: _id, state: 'ready' as const }
  const isChanged = await inTransaction(async (session) => {
    const row = await SlideDeck.findOne(which, { lang: 1, pages: { $slice: [page - 1, 1] } })
      .session(session)
      .lean<Pick<SlideDeckRow, 'lang' | 'pages'>>()
    const found = row?.pages[0]
    if (!row || !found) throw new AppError('not_found')
    if (lang === row.lang && found.text !== '') throw new AppError('invalid_input', { lang: 'own' })
    const { words = [], rev = 0 } = found
    const known = words.find((each) => each.lang === lang)
    if ((known?.text ?? '') === text) return false
    if (rev !== input.rev) throw new AppError('conflict')
    const before = [found.text, ...words.map((each) => each.text)].join('\n')
    const kept = demandNoPatientData({ text }, input, { text: before })
    const place = { workshop: workshopId, deck: deckId, page: String(page) }
    await recordKept(ports, actor, { partnership, place, kept }, session)
    if (text === '' && !known?.by.equals(me._id)) {
      // a guest has no account that the record could name
      const by = actor.guest ? null : actor.userId
      const subject = actor.guest ? { ...place, participant: actor.userId } : place
      const fact = { kind: 'said:deleted' as const, detail: { kind: 'slide' }, subject, by }
      await recordAudit(ports, { ...fact, partnershipId: String(partnership) }, session)
    }
    const others = words.filter((each) => each.lang !== lang)
    const next = text === '' ? others : [...others, { lang, text, by: me._id, at }]
    const its = `pages.${page - 1}`
    const change = { [`${its}.words`]: next, [`${its}.rev`]: rev + 1 }
    await SlideDeck.updateOne(which, { $set: change }, { session })
    return true
  })
  // archives that are ready would give the words away for days
  if (isChanged && text === '') await dropStaleArchives(ports, partnership)
  if (isChanged) ports.bus.publish('workshop:slides', { workshopId, deckId, page })
  const [slide] = await readDeck(ports, actor, workshopId, deckId, page)
  if (!slide) throw new AppError('not_found')
  return slide
}
