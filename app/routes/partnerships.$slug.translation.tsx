import { TranslationChange } from '../../shared/schemas/resources'
import { asData } from '../lib/data-route'
import { answerPlainly } from '../lib/plain-answer.server'
import { actionForMember, parseForm } from '../lib/route'

/** Ask for a translation of a post or a library item, take it, give it back. A route without a page. */
export const action = asData(
  actionForMember(({ actor, services, params, request }) =>
    answerPlainly(request, async () => {
      const change = await parseForm(request, TranslationChange)
      const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
      return Response.json(await services.resources.changeTranslation(actor, id, change))
    }),
  ),
)
