import { useTranslation } from 'react-i18next'
import { useFocusAfter } from '../../lib/focus-after'
import { useLater } from '../../lib/later'
import { LinkButton } from '../discussions/link-button'
import { CHAT_TEXT } from './chat-ids'
import { Somebody } from './panels/byline'
import type { UnsentAct } from './room-acts'
import { useRoomState } from './room-context'

const loadAsked = () => import('./asked-act')

/** A message of one's own on its way, or refused with its words kept; the log it stands in speaks. */
export function UnsentMessage({
  unsent,
  onTakeBack,
}: {
  unsent: UnsentAct
  onTakeBack: () => void
}) {
  const { t } = useTranslation(['room', 'errors'])
  const { me, connected, retry } = useRoomState()
  const focusAfter = useFocusAfter()
  const { key, act, refused } = unsent
  const AskedAct = useLater(loadAsked, refused === 'patient_data')?.AskedAct
  if (act.act !== 'say') return null
  const takeBack = <LinkButton onClick={onTakeBack}>{t('chat.takeBack')}</LinkButton>
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
      {refused === 'patient_data' && (
        <div className="mt-1 grid gap-1">
          {AskedAct ? (
            <AskedAct unsent={unsent} onSend={() => focusAfter(CHAT_TEXT)} />
          ) : (
            <p className="text-[13px] text-danger">{t('errors:patient_data')}</p>
          )}
          <p className="-ml-1.5">{takeBack}</p>
        </div>
      )}
      {refused && refused !== 'patient_data' && (
        <div className="mt-1 rounded-lg border-l-[3px] border-danger bg-danger-wash px-3 py-2 text-[13px]">
          <p>
            <strong className="font-semibold text-danger">{t('chat.refused')}</strong>{' '}
            {t(`errors:${refused}`)}
          </p>
          <p className="-ml-1.5">
            <LinkButton
              onClick={() => {
                focusAfter(CHAT_TEXT)
                retry(key)
              }}
            >
              {t('chat.retry')}
            </LinkButton>
            {takeBack}
          </p>
        </div>
      )}
    </li>
  )
}
