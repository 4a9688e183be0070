import type { MarkInSync } from '../../../../shared/schemas/protocols'
import { type Answer, postForm } from '../../../lib/ask'

/** How often a mark that did not reach the server is sent again; its `clientKey` makes that safe. */
const TRIES = 3

/** Send one mark. It is a plain request, so that a refusal never replaces the page people write on. */
export async function postMark(address: string, mark: MarkInSync): Promise<Answer<null>> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await postForm(address, mark, () => null)
    if (answer !== 'unreachable') return answer
    if (attempt < TRIES) await new Promise((done) => setTimeout(done, attempt * 500))
  }
  return 'unreachable'
}
