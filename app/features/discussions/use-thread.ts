import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Language } from '../../../shared/languages'
import { ACKNOWLEDGED } from '../../../shared/patient-data/kinds'
import type { PersonView, ReplyView, ThreadSummary } from '../../../shared/views'
import { type Answer, isOk, postForm } from '../../lib/ask'
import { useGapWatch } from '../../lib/gap-watch'
import { usePartnershipFacts, useThreadRoom } from '../../lib/live'
import { usePartnership } from '../../lib/partnership'
import { keepSending, UnsentBook } from '../../lib/unsent-book'
import { useVisitor } from '../../lib/visitor'
import { newClientKey } from './client-key'
import type { ThreadPageData } from './open-thread'
import { Outbox } from './outbox'
import { withFact, withLoad } from './thread-facts'
import { ThreadStore, type UnsentPost } from './thread-store'
import { UnsentPosts } from './unsent-posts'
import { getMissed, getPage, readReply } from './wire'

export type Draft = {
  text: string
  lang: Language
  replyTo: ReplyView['replyTo']
  /** Of a post taken back from "not sent": an earlier attempt may have been stored. */
  clientKey?: string | undefined
  /** The author was asked about what looks like patient data, and sends it anyway. */
  acknowledged?: boolean
}

/** One thread, live: what it shows and what can be done in it. */
export function useThread(data: ThreadPageData, slug: string) {
  const { page, me } = data
  const address = `/partnerships/${slug}/discussions/${page.thread.id}`
  const [store] = useState(() => new ThreadStore(page, me.id))
  const state = useSyncExternalStore(store.subscribe, store.read, store.read)
  const [thread, setThread] = useState<ThreadSummary>(page.thread)
  useEffect(() => {
    store.reload(page)
    setThread((known) => withLoad(known, page.thread))
  }, [store, page])

  const actions = useMemo(() => actionsOn(address, slug, store), [address, slug, store])
  const outbox = useOutbox(store, address, me.id, page.thread.id, actions.edit)
  const { here, typing, connected, sayTyping } = useRoom(store, page.thread.id, () =>
    outbox.current?.wake(),
  )
  useGapWatch(store, actions.refresh)
  const workspace = usePartnership()
  usePartnershipFacts(workspace?.may.listen ? workspace.partnership.id : undefined, {
    onThreadChanged({ thread: changed }) {
      if (changed.id === page.thread.id) setThread((known) => withFact(known, changed))
    },
  })

  return {
    ...actions,
    address,
    state,
    thread,
    /** Who has the thread open, when the reader is not alone with it. */
    company: here.some(({ id }) => id !== me.id) ? here : [],
    typing: typing.filter(({ id }) => id !== me.id),
    connected,
    sayTyping,
    send({ text, lang, replyTo, clientKey, acknowledged = false }: Draft) {
      const reused = clientKey !== undefined && !store.has(clientKey) ? clientKey : undefined
      store.send({
        clientKey: reused ?? newClientKey(),
        text,
        lang,
        replyTo,
        writtenAt: new Date().toISOString(),
        refused: null,
        rewritten: reused !== undefined,
        ...(acknowledged ? { acknowledged } : {}),
      })
      outbox.current?.wake()
    },
    retry(clientKey: string) {
      store.retry(clientKey)
      outbox.current?.wake()
    },
    amend: (...given: Parameters<ThreadStore['amend']>) => store.amend(...given),
    takeBack: (clientKey: string) => store.drop(clientKey),
  }
}
export type LiveThread = ReturnType<typeof useThread>

/** What goes with new words of a post: what they were written upon, and that their author was asked. */
export type Given = { base?: number; acknowledged?: boolean }

function fieldsOfGiven({ base, acknowledged }: Given): Record<string, string> {
  return {
    ...(base === undefined ? {} : { base: String(base) }),
    ...(acknowledged ? { acknowledged: ACKNOWLEDGED } : {}),
  }
}

/** Writes other than new posts: one request each, whose answer the page shows at once. */
function actionsOn(address: string, slug: string, store: ThreadStore) {
  const change = async (fields: Record<string, string>): Promise<Answer<ReplyView>> => {
    const answer = await postForm(`${address}/change`, fields, readReply)
    if (isOk(answer)) store.hear(answer.ok)
    return answer
  }
  const refresh = async () => {
    for (let more = true; more; ) {
      const answer = await getMissed(`${address}/posts?since=${store.rev}`)
      if (!isOk(answer)) return
      store.catchUp(answer.ok)
      more = answer.ok.more
    }
  }
  return {
    refresh,
    edit: (replyId: string, text: string, given: Given = {}) =>
      change({ intent: 'edit', replyId, text, ...fieldsOfGiven(given) }),
    remove: (replyId: string) => change({ intent: 'delete', replyId }),
    translate: (replyId: string, text: string, given: Given = {}) =>
      change({ intent: 'translate', replyId, text, ...fieldsOfGiven(given) }),
    setLocked: (locked: boolean) =>
      postForm(`${address}/change`, { intent: locked ? 'lock' : 'unlock' }, () => null),
    markRead: (seq: number) =>
      postForm(`${address}/change`, { intent: 'read', seq: String(seq) }, () => null),
    async changeTranslation(fields: Record<string, string>) {
      const answer = await postForm(`/partnerships/${slug}/translation`, fields, () => null)
      await refresh()
      return answer
    },
    async showEarlier() {
      const first = store.read().posts[0]?.seq ?? 1
      const answer = await getPage(`${address}/posts?before=${first}`)
      if (!isOk(answer)) return false
      store.addEarlier(answer.ok)
      return true
    },
  }
}

/** Sends what is unsent, now and after every gap; keeps it on the device until it is sent. */
function useOutbox(
  store: ThreadStore,
  address: string,
  userId: string,
  threadId: string,
  edit: (replyId: string, text: string, given: Given) => Promise<Answer<ReplyView>>,
) {
  const outbox = useRef<Outbox | null>(null)
  const { sharedComputer } = useVisitor()
  useEffect(() => {
    const book = new UnsentBook(UnsentPosts, userId, threadId, sharedComputer)
    const made = new Outbox(store, async (post) => {
      const answer = await postForm(`${address}/reply`, fieldsOf(post), readReply)
      // the earlier attempt had been stored after all: the newer words go in its place
      if (post.rewritten && isOk(answer) && !isSame(post, answer.ok)) {
        return edit(answer.ok.id, post.text, givenWith(post, answer.ok))
      }
      return answer
    })
    outbox.current = made
    return keepSending(store, book, made)
  }, [store, address, userId, threadId, edit, sharedComputer])
  return outbox
}

function fieldsOf(post: UnsentPost): Record<string, string> {
  const { text, lang, clientKey, replyTo, acknowledged } = post
  const kept: Record<string, string> = acknowledged ? { acknowledged: ACKNOWLEDGED } : {}
  return { text, lang, clientKey, replyTo: replyTo?.id ?? '', ...kept }
}

/** Words that were written before the post was cleaned of patient data do not say that they are new. */
function givenWith({ acknowledged = false }: UnsentPost, { purged, rev }: ReplyView): Given {
  return { acknowledged, ...(purged ? {} : { base: rev }) }
}

/** But for spaces, which the server folds. */
function isSame({ text }: UnsentPost, stored: ReplyView): boolean {
  const folded = (words: string) => words.normalize('NFC').replace(/\s+/g, ' ').trim()
  return stored.deletedAt !== null || folded(text) === folded(stored.text)
}

/** How long somebody is held to be writing after they last touched a key, milliseconds. */
const TYPING_MS = 5_000

function useRoom(store: ThreadStore, threadId: string, onBack: () => void) {
  const [here, setHere] = useState<readonly PersonView[]>([])
  const [typing, setTyping] = useState<readonly { person: PersonView; until: number }[]>([])
  const room = useThreadRoom(threadId, {
    rev: () => store.rev,
    onCaughtUp: (missed) => store.catchUp(missed),
    onPosted(reply) {
      store.hear(reply)
      setTyping((all) => all.filter(({ person }) => person.id !== reply.author?.id))
    },
    onChanged: (reply) => store.hear(reply),
    onHere: setHere,
    onTyping: (person) => noteTyping(person),
  })
  const noteTyping = (person: PersonView) =>
    setTyping((all) => [
      ...all.filter((known) => known.person.id !== person.id),
      { person, until: Date.now() + TYPING_MS },
    ])
  useEffect(() => {
    if (typing.length === 0) return
    const soonest = Math.min(...typing.map(({ until }) => until))
    const timer = setTimeout(
      () => setTyping((all) => all.filter(({ until }) => until > Date.now())),
      Math.max(50, soonest - Date.now() + 20),
    )
    return () => clearTimeout(timer)
  }, [typing])
  const wake = useRef(onBack)
  useEffect(() => {
    wake.current = onBack
  })
  const { connected } = room
  useEffect(() => {
    if (connected) wake.current()
  }, [connected])
  return { ...room, here, typing: typing.map(({ person }) => person) }
}
