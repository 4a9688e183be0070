import { useTranslation } from 'react-i18next'
import { LinkButton } from '../discussions/link-button'
import { Somebody } from './panels/byline'
import type { UnsentAct } from './room-acts'
import { useRoomState } from './room-context'

/** A message of one's own on its way, or refused with its words kept; the log it stands in speaks. */
export function UnsentMessage({
  unsent: { key, act, refused },
  onTakeBack,
}: {
  unsent: UnsentAct
  onTakeBack: () => void
}) {
  const { t } = useTranslation(['room', 'errors'])
  const { me, connected, retry } = useRoomState()
  if (act.act !== 'say') return null
  return (
    <li data-unsent={refused ? 'refused' : 'pending'} className="min-w-0">
      <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
        <Somebody person={me} nobody="" />
        {!refused && <span>{connected ? t('chat.sending') : t('chat.waiting')}</span>}
      </p>
      <p
        lang={act.lang}
        className="max-w-[68ch] whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]"
      >
        {act.text}
      </p>
      {refused && (
        <div className="mt-1 rounded-lg border-l-[3px] border-danger bg-danger-wash px-3 py-2 text-[13px]">
          <p>
            <strong className="font-semibold text-danger">{t('chat.refused')}</strong>{' '}
            {t(`errors:${refused}`)}
          </p>
          <p className="-ml-1.5">
            <LinkButton onClick={() => retry(key)}>{t('chat.retry')}</LinkButton>
            <LinkButton onClick={onTakeBack}>{t('chat.takeBack')}</LinkButton>
          </p>
        </div>
      )}
    </li>
  )
}
