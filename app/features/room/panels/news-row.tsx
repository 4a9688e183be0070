import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AttendeeName } from '../../../components/attendee-name'
import { InLanguage } from '../../../components/localized-title'
import { Sentence } from '../../../components/sentence'
import { LinkButton } from '../../discussions/link-button'
import { useRoomState } from '../room-context'
import type { RoomTab } from '../room-tabs'
import type { News } from './news-of'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

const ACTION =
  'inline-flex min-h-7 items-center rounded-md font-semibold text-accent underline-offset-4 hover:underline'

type Props = { news: News; onOpen: (tab: RoomTab) => void; onDismiss: () => void }

/** One thing not to be missed, with what is to be done about it. */
export function NewsRow({ news, onOpen, onDismiss }: Props) {
  const { t } = useTranslation('room-panels')
  const { workshop } = useRoomState()
  const open = (to: RoomTab) => () => {
    onOpen(to)
    onDismiss()
  }
  const saying = sayingOf()
  return (
    <div
      data-news=""
      tabIndex={-1}
      className="pointer-events-auto flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-accent bg-surface px-3.5 py-2 shadow-float"
    >
      {saying}
      <LinkButton className="ml-auto" onClick={onDismiss}>
        {t('news.dismiss')}
      </LinkButton>
    </div>
  )

  function sayingOf(): ReactNode {
    switch (news.to) {
      case 'polls':
        return (
          <>
            <span className="font-semibold">{t('news.poll')}</span>
            <InLanguage text={news.prompt} />
            <Action onClick={open('polls')}>{t('news.to_polls')}</Action>
          </>
        )
      case 'groups':
        return (
          <>
            <span className="font-semibold">
              {news.number === null
                ? t('news.groupTime')
                : t('news.group', { number: news.number })}
            </span>
            <Action onClick={open('groups')}>
              {t(news.number === null ? 'news.to_allGroups' : 'news.to_groups')}
            </Action>
          </>
        )
      case 'hands':
        return (
          <>
            <span className="font-semibold">{t('news.floor')}</span>
            <Action onClick={open('hands')}>{t('news.to_hands')}</Action>
          </>
        )
      case 'test':
        return (
          <>
            <span className="font-semibold">{t(`news.test_${news.phase}`)}</span>
            <a
              href={`/workshops/${workshop.id}/test?phase=${news.phase}`}
              target="_blank"
              rel="noopener"
              onClick={onDismiss}
              className={ACTION}
            >
              {t('news.to_test')}
            </a>
          </>
        )
      case 'people':
        return news.count > 1 ? (
          <>
            <span className="font-semibold">{t('news.doorMany', { number: news.count })}</span>
            <Action onClick={open('people')}>{t('news.to_people')}</Action>
          </>
        ) : (
          <AtDoor person={news.last} />
        )
    }
  }
}

/** One who waits can be let in from here. */
function AtDoor({ person }: { person: Extract<News, { to: 'people' }>['last'] }) {
  const { t } = useTranslation('room-panels')
  const doing = useDoing()
  return (
    <>
      <span className="font-semibold">
        <Sentence
          say={(part) => t('news.door', { name: part('name') })}
          parts={{ name: <AttendeeName person={person} /> }}
        />
      </span>
      <Action onClick={() => doing.run({ act: 'let_in', participant: person.id, on: true })}>
        {t('news.letIn')}
      </Action>
      <ProblemLine code={doing.problem} />
    </>
  )
}

function Action({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={ACTION}>
      {children}
    </button>
  )
}
