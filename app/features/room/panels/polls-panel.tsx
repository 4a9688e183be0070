import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'
import { EmptyState } from '../../../components/empty-state'
import { useFocusAfter } from '../../../lib/focus-after'
import { useLater } from '../../../lib/later'
import { newClientKey } from '../../discussions/client-key'
import { useDraftName, useKeptFields } from '../kept-drafts'
import { useRoomState } from '../room-context'
import { PollCard } from './poll-card'
import { BegunPoll, draftOf, POLL_TEMPLATES } from './poll-draft'
import { UnsentLines } from './unsent-lines'
import { useDoing } from './use-doing'

const loadEditor = () => import('./poll-editor')

const STANDING = { open: 0, draft: 1, closed: 2 } as const

/** Polls and quizzes: the open one first, then what is being prepared, then the last ones. */
export function PollsPanel() {
  const { t } = useTranslation('room-panels')
  const { polls, staff, status } = useRoomState()
  const shown = polls.toSorted(
    (one, other) => STANDING[one.status] - STANDING[other.status] || other.born - one.born,
  )
  const mayMake = staff && status !== 'closed' && status !== 'cancelled'
  return (
    <section id="polls" tabIndex={-1} aria-label={t('poll.panel')} className="grid gap-4">
      <UnsentLines of={['vote']} panel="polls" />
      {mayMake && <MakePoll />}
      {shown.length === 0 && <EmptyState sentence={t(staff ? 'poll.noneStaff' : 'poll.none')} />}
      <ol aria-label={t('poll.panel')} className="grid gap-3 empty:hidden">
        {shown.map((poll) => (
          <li key={poll.id}>
            <PollCard poll={poll} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function MakePoll() {
  const { t } = useTranslation('room-panels')
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  // one key for one form: sent again it is the same poll
  const kept = useKeptFields(useDraftName()('new poll'), BegunPoll)
  const [begun, setBegun] = useState<(BegunPoll & { isBack: boolean }) | null>(() => {
    const found = kept.read()
    return found && { ...found, isBack: true }
  })
  const PollEditor = useLater(loadEditor)?.PollEditor
  if (begun && PollEditor) {
    return (
      <PollEditor
        key={begun.clientKey}
        initial={begun.draft}
        isBack={begun.isBack}
        keep={(draft) => kept.keep({ draft, clientKey: begun.clientKey })}
        submit={t('poll.make')}
        send={(asked) => doing.ask({ act: 'make_poll', ...asked, clientKey: begun.clientKey })}
        onClose={(saved) => {
          focusAfter(`poll-${saved?.id}`, 'new-poll')
          kept.keep(null)
          setBegun(null)
        }}
      />
    )
  }
  return (
    <fieldset
      id="new-poll"
      tabIndex={-1}
      aria-label={t('poll.new')}
      className="flex flex-wrap items-center gap-1.5"
    >
      <span className="font-medium">{t('poll.new')}</span>
      {POLL_TEMPLATES.map((template) => (
        <Button
          key={template}
          type="button"
          look="quiet"
          className="min-h-8! px-2.5! py-1! text-[13px]"
          onClick={() =>
            setBegun({ draft: draftOf(template), clientKey: newClientKey(), isBack: false })
          }
        >
          {t(`poll.template.${template}`)}
        </Button>
      ))}
    </fieldset>
  )
}
