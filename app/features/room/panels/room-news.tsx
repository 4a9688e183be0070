import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../../shared/languages'
import { useReader } from '../../../lib/format'
import { LinkButton } from '../../discussions/link-button'
import { useRoomState } from '../room-context'
import { groupOf } from './group-of'

/** Stands for so long, milliseconds: time to read it, and a press away where it leads. */
const SHOWN_MS = 20_000

type News = { key: string; to: 'polls' | 'groups'; say: string; lang?: string }

/**
 * What the reader should not miss whatever part of the room they look at: a poll that has opened, a
 * group they have been put into. Each is told once, to the ear too.
 */
export function RoomNews({ onOpen }: { onOpen: (tab: 'polls' | 'groups') => void }) {
  const { t } = useTranslation('room-panels')
  const [news, dismiss] = useNews()
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-3 top-3 z-30 mx-auto max-w-160 print:hidden"
    >
      {news && (
        <p className="pointer-events-auto flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-accent bg-surface px-3.5 py-2 shadow-float">
          <span className="font-semibold">
            {news.to === 'polls' ? t('news.poll') : t('news.group', { number: news.say })}
          </span>
          {news.to === 'polls' && <span lang={news.lang}>{news.say}</span>}
          <button
            type="button"
            onClick={() => {
              onOpen(news.to)
              dismiss()
            }}
            className="min-h-7 rounded-md font-semibold text-accent underline-offset-4 hover:underline"
          >
            {t(`news.to_${news.to}`)}
          </button>
          <LinkButton className="ml-auto" onClick={dismiss}>
            {t('news.dismiss')}
          </LinkButton>
        </p>
      )}
    </div>
  )
}

function useNews(): [News | null, () => void] {
  const { lang } = useReader()
  const { polls, groups, me, mine, status, staff } = useRoomState()
  const told = useRef(new Set<string>())
  const [shown, setShown] = useState<string | null>(null)
  const group = groupOf(groups, me.id)
  const open = polls.filter((poll) => poll.status === 'open' && !mine.answers[poll.id]).at(-1)
  const prompt = open && pickText(open.prompt, lang)
  const all: News[] = []
  // whoever runs the room has opened it
  if (!staff && status === 'live' && open && prompt) {
    all.push({ key: `poll ${open.id}`, to: 'polls', say: prompt.text, lang: prompt.lang })
  }
  if (group) all.push({ key: `group ${group.id}`, to: 'groups', say: String(group.number) })
  const next = all.find(({ key }) => !told.current.has(key))?.key
  useEffect(() => {
    if (!next) return
    told.current.add(next)
    setShown(next)
  }, [next])
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  return [all.find(({ key }) => key === shown) ?? null, () => setShown(null)]
}
