import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useLocation } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { PostReply } from '../../shared/schemas/threads'
import { openThread, seqIn } from '../features/discussions/open-thread'
import { ThreadPage } from '../features/discussions/thread-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['discussions', 'people', 'privacy', 'errors'] }
export const meta = titled

export const loader = forMember(async (asked) => {
  const { actor, services, params, request, lang } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const url = new URL(request.url)
  const threadId = idParam(params, 'threadId')
  const [data, purges] = await Promise.all([
    openThread(asked, id, threadId, {
      beforeSeq: seqIn(url, 'before'),
      aroundSeq: seqIn(url, 'around'),
    }),
    services.purges.listPurges(actor, id, { thread: threadId }),
  ])
  const title = pickText(data.page.thread.title, lang).text
  return { title, slug, data, purges, replyTo: seqIn(url, 'replyTo') ?? null }
})

/** A reply posted by the plain form; with scripts it goes to `….reply` and the page stays. */
export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const threadId = idParam(params, 'threadId')
  const input = await parseForm(request, PostReply)
  const { seq } = await services.discussions.postReply(actor, threadId, input, id)
  return redirect(`/partnerships/${slug}/discussions/${threadId}#post-${seq}`, 303)
})

export default function ThreadRoute() {
  const { slug, data, purges, replyTo } = useLoaderData<typeof loader>()
  const { search } = useLocation()
  const answer = useActionData<typeof action>()
  return (
    <ThreadPage
      // another stretch of the thread is another page
      key={data.page.thread.id + search}
      data={data}
      slug={slug}
      replyTo={replyTo}
      purges={purges}
      refusal={isRefusal(answer) ? answer : null}
    />
  )
}
