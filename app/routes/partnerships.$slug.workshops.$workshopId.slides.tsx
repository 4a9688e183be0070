import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DeckForm } from '../../shared/schemas/slides'
import { SlidesPage } from '../features/slides/slides-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = {
  i18n: ['slides', 'library', 'errors', 'room-panels', 'discussions', 'privacy'],
}
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** The decks of a workshop, for its facilitators; `?deck=<id>` lays one open. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const pdfs = await services.slides.listPdfs(actor, workshopId, id)
  const decks = await services.slides.listDecks(actor, workshopId, id)
  const asked = new URL(request.url).searchParams.get('deck')
  const open = decks.find((deck) => deck.id === asked && deck.state === 'ready')
  return {
    title: await titleIn(lang, (t) => t('slides:title')),
    library: `/partnerships/${slug}/resources`,
    workshopId,
    me: actor.userId,
    pdfs,
    decks,
    open: open
      ? { id: open.id, slides: await services.slides.readDeck(actor, workshopId, open.id) }
      : null,
    clientKey: randomUUID(),
  }
})
export type SlidesData = Omit<Awaited<ReturnType<typeof loader>>, 'title'>

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const workshopId = idParam(params, 'workshopId')
  const form = await parseForm(request, DeckForm)
  if (form.intent === 'make') await services.slides.makeDeck(actor, workshopId, form, id)
  else if (form.intent === 'pair') await services.slides.pairDecks(actor, workshopId, form, id)
  else await services.slides.removeDeck(actor, workshopId, form.deckId, id)
  return redirect(`/partnerships/${slug}/workshops/${workshopId}/slides`, 303)
})

export default function SlidesRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return <SlidesPage {...useLoaderData<typeof loader>()} refusal={refusal} />
}
