import { useTranslation } from 'react-i18next'
import type { CaseView } from '../../../../shared/room-views'
import { Chip } from '../../../components/chip'
import { useFocusAfter } from '../../../lib/focus-after'
import { ConfirmButton } from '../../discussions/confirm-button'
import { LinkButton } from '../../discussions/link-button'
import { useDraftName, useKeptOpen } from '../kept-drafts'
import type { ActAnswer } from '../room-acts'
import { useRoomState } from '../room-context'
import { Byline } from './byline'
import { CASE_MAX } from './case-draft'
import { CaseTranslationForm } from './case-translation'
import { CaseWords } from './case-words'
import { OverForm } from './over-form'
import { ProblemLine } from './problem-line'
import { TranslateTools } from './said-words'
import { useDoing } from './use-doing'

/** One case, and what may be done about it. */
export function CaseCard({
  item,
  onDelete,
}: {
  item: CaseView
  onDelete: () => Promise<ActAnswer>
}) {
  const { t } = useTranslation('room-panels')
  const { me, staff, status } = useRoomState()
  const isLive = status === 'live'
  const isOnAir = item.status === 'on_air' && isLive
  return (
    <article
      aria-labelledby={`case-label-${item.id} case-${item.id}`}
      className={`grid gap-1.5 rounded-card border bg-surface p-3 ${isOnAir ? 'border-accent' : 'border-line'}`}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-2">
        <Byline by={item.by} at={item.at} />
        <span id={`case-label-${item.id}`} className="sr-only">
          {t('case.label')}
        </span>
        {(isLive || item.status === 'discussed') && (
          <Chip tone={isOnAir ? 'ok' : 'plain'}>{t(`case.is.${item.status}`)}</Chip>
        )}
      </p>
      <CaseWords item={item} id={`case-${item.id}`} hasTools />
      <div className="-ml-1.5 flex flex-wrap items-center gap-x-1 print:hidden">
        <TranslateTools
          item={item.id}
          said={item}
          asked={item.translationAsked}
          form={(close) => <CaseTranslationForm item={item} onClose={close} />}
        />
        {(item.by?.id === me.id || staff) && status !== 'cancelled' && (
          <ConfirmButton
            ask={t('case.delete')}
            question={t('case.deleteSure')}
            confirm={t('case.delete')}
            onConfirm={onDelete}
          />
        )}
      </div>
      {staff && (isLive || status === 'closed') && <CaseTools item={item} isOver={!isLive} />}
    </article>
  )
}

/** @param isOver the workshop is: what was recommended may still be noted */
function CaseTools({
  item: { id, status, recommendations },
  isOver,
}: {
  item: CaseView
  isOver: boolean
}) {
  const { t } = useTranslation('room-panels')
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const keptAs = useDraftName()(`recommend ${id}`)
  const [isWriting, setWriting] = useKeptOpen(keptAs)
  const put = (to: CaseView['status']) => () => {
    focusAfter(`case-${id}`)
    doing.run({ act: 'set_case', item: id, status: to, recommendations: '' })
  }
  if (isWriting) {
    return (
      <OverForm
        stands={recommendations}
        label={t('case.recommendations')}
        hint={t('case.recommendHint')}
        submit={t('case.save')}
        initial={recommendations ?? { text: '' }}
        max={CASE_MAX}
        keptAs={keptAs}
        onClose={() => {
          focusAfter(`recommend-${id}`)
          setWriting(false)
        }}
        send={({ text, ...said }) =>
          doing.ask({
            act: 'set_case',
            item: id,
            status: 'discussed',
            recommendations: text,
            ...said,
          })
        }
      />
    )
  }
  return (
    <fieldset
      aria-label={t('case.tools')}
      className="-ml-1.5 flex flex-wrap items-center gap-x-1 border-t border-line pt-1 print:hidden"
    >
      {isOver ? null : status === 'on_air' ? (
        <LinkButton tone="accent" onClick={put('waiting')}>
          {t('case.takeOff')}
        </LinkButton>
      ) : (
        <LinkButton tone="accent" onClick={put('on_air')}>
          {t('case.present')}
        </LinkButton>
      )}
      <LinkButton id={`recommend-${id}`} onClick={() => setWriting(true)}>
        {t('case.recommend')}
      </LinkButton>
      {!isOver && status !== 'discussed' && (
        <LinkButton onClick={put('discussed')}>{t('case.setDiscussed')}</LinkButton>
      )}
      <ProblemLine code={doing.problem} />
    </fieldset>
  )
}
