import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PollView } from '../../../../shared/room-views'
import { Button } from '../../../components/button'
import { useFocusAfter } from '../../../lib/focus-after'
import { useDraftName, useKeptFields } from '../kept-drafts'
import { useRoomState } from '../room-context'
import { draftFrom, missingIn, PollDraft } from './poll-draft'
import { PollEditor } from './poll-editor'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

/** What facilitators do with a poll. */
export function PollStaff({ poll }: { poll: PollView }) {
  const { t } = useTranslation('room-panels')
  const { status } = useRoomState()
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const kept = useKeptFields(useDraftName()(`poll ${poll.id}`), PollDraft)
  const [found, setFound] = useState(kept.read)
  const [isEditing, setEditing] = useState(found !== null)
  const item = poll.id
  const isLive = status === 'live'
  const run = (act: Parameters<typeof doing.run>[0]) => {
    focusAfter(`poll-${item}`)
    doing.run(act)
  }
  if (isEditing && poll.status === 'draft') {
    return (
      <PollEditor
        initial={found ?? draftFrom(poll)}
        isBack={found !== null}
        keep={kept.keep}
        submit={t('poll.save')}
        send={(asked) => doing.ask({ act: 'change_poll', item, ...asked })}
        onClose={() => {
          focusAfter(`poll-${item}`)
          kept.keep(null)
          setEditing(false)
          setFound(null)
        }}
      />
    )
  }
  const [missing] = poll.status === 'draft' ? missingIn(draftFrom(poll)) : []
  return (
    <fieldset
      aria-label={t('poll.tools')}
      className="flex flex-wrap items-center gap-2 border-t border-line pt-3 print:hidden"
    >
      {missing && (
        <p className="basis-full text-[13px] text-drift">{t(`poll.missing_${missing}`)}</p>
      )}
      {poll.status === 'draft' && (
        <>
          {isLive && (
            <Button type="button" onClick={() => run({ act: 'open_poll', item })}>
              {t('poll.open')}
            </Button>
          )}
          <Button type="button" look="quiet" onClick={() => setEditing(true)}>
            {t('poll.edit')}
          </Button>
          {!isLive && <p className="text-[13px] text-ink-2">{t('poll.openLive')}</p>}
        </>
      )}
      {poll.status === 'open' && isLive && (
        <Button type="button" look="quiet" onClick={() => run({ act: 'close_poll', item })}>
          {t('poll.close')}
        </Button>
      )}
      {poll.status !== 'draft' && (isLive || status === 'closed') && (
        <Button
          type="button"
          look={poll.shown || poll.status === 'open' ? 'quiet' : 'primary'}
          onClick={() => run({ act: 'show_results', item, on: !poll.shown })}
        >
          {t(poll.shown ? 'poll.hide' : 'poll.showAll')}
        </Button>
      )}
      {poll.status === 'closed' && isLive && (
        <Button type="button" look="quiet" onClick={() => run({ act: 'open_poll', item })}>
          {t('poll.reopen')}
        </Button>
      )}
      <ProblemLine code={doing.problem} />
    </fieldset>
  )
}
